"""What is wanted, asked for and confirmed, over acks that name nothing and connections that forget all."""

import json

from hypothesis import given
from hypothesis import strategies as st

from kiwoomweb.broker.registrations import MOST_IN_PACKET, MOST_ITEMS, Packet, Registrations

TICKS = {("0B", "005930"), ("0B", "000660")}


def send(registrations, packets):
    for packet in packets:
        registrations.sent(packet)


def wanting(items):
    registrations = Registrations()
    packets, left_out = registrations.want(items)
    assert not left_out
    send(registrations, packets)
    return registrations


def test_a_packet_speaks_in_lists():
    told = json.loads(
        Packet("REG", frozenset({("0B", "005930"), ("0D", "005930"), ("00", "")}), anew=True).text
    )
    assert told == {
        "trnm": "REG",
        "grp_no": "1",
        "refresh": "0",
        "data": [{"item": [""], "type": ["00"]}, {"item": ["005930"], "type": ["0B", "0D"]}],
    }


def test_only_what_was_asked_for_is_registered():
    """Every item of an entry is registered for every type of it, so items with other types go apart."""
    wanted = {("0B", "005930"), ("0D", "005930"), ("0B", "000660"), ("0J", "001")}
    (packet,) = Registrations().want(wanted)[0]
    data = json.loads(packet.text)["data"]
    assert {(kind, item) for entry in data for kind in entry["type"] for item in entry["item"]} == wanted


def test_asked_for_is_pending_until_the_ack():
    registrations = wanting(TICKS)
    assert (registrations.pending, registrations.confirmed) == (TICKS, set())
    registrations.acked("REG", ok=True)
    assert (registrations.pending, registrations.confirmed) == (set(), TICKS)


def test_what_is_wanted_already_is_not_asked_for_again():
    assert wanting(TICKS).want(TICKS) == ([], frozenset())


def test_acks_answer_in_the_order_of_asking():
    registrations = wanting({("0B", "005930")})
    send(registrations, registrations.want({("0B", "000660")})[0])
    send(registrations, registrations.unwant({("0B", "005930")}))
    assert registrations.acked("REG", ok=True).items == {("0B", "005930")}
    assert registrations.acked("REMOVE", ok=True).items == {("0B", "005930")}
    assert registrations.acked("REG", ok=True).items == {("0B", "000660")}
    assert registrations.confirmed == {("0B", "000660")}


def test_an_ack_nobody_waits_for_answers_nothing():
    assert Registrations().acked("REG", ok=True) is None


def test_what_the_broker_declines_is_not_wanted_any_more():
    registrations = wanting(TICKS)
    assert registrations.acked("REG", ok=False).items == TICKS
    assert (registrations.wanted, registrations.pending, registrations.confirmed) == (set(), set(), set())


def test_a_symbol_and_its_other_venues_are_three_items():
    registrations = Registrations()
    items = {("0B", f"{n:06}") for n in range(MOST_ITEMS - 2)} | {("0B", "000000_NX"), ("0B", "000000_AL")}
    assert registrations.want(items)[1] == frozenset()
    assert registrations.want({("0B", "005930")})[1] == {("0B", "005930")}


def test_a_full_session_still_takes_types_and_the_account():
    registrations = wanting({("0B", f"{n:06}") for n in range(MOST_ITEMS)})
    packets, left_out = registrations.want({("0D", "000000"), ("00", ""), ("0B", "999999"), ("0D", "999999")})
    assert left_out == {("0B", "999999"), ("0D", "999999")}
    assert {item for packet in packets for item in packet.items} == {("0D", "000000"), ("00", "")}


def test_room_made_is_room_to_use():
    registrations = wanting({("0B", f"{n:06}") for n in range(MOST_ITEMS)})
    registrations.unwant({("0B", "000000")})
    assert registrations.want({("0B", "005930")})[1] == frozenset()


def test_a_new_connection_asks_for_everything_anew():
    registrations = wanting({("0B", f"{n:06}") for n in range(150)})
    registrations.acked("REG", ok=True)
    packets = registrations.begin()
    assert [packet.anew for packet in packets] == [True, False]
    assert (registrations.pending, registrations.confirmed) == (set(), set())
    assert set().union(*(packet.items for packet in packets)) == registrations.wanted


subscriptions = st.tuples(
    st.sampled_from(["0B", "0D", "0J", "00"]), st.integers(0, 400).map(lambda n: f"{n:06}")
)


@given(st.sets(subscriptions, max_size=600))
def test_no_packet_and_no_session_is_ever_too_large(items):
    registrations = Registrations()
    packets, left_out = registrations.want(items)
    assert len({item for _, item in registrations.wanted}) <= MOST_ITEMS
    assert registrations.wanted | left_out == items
    assert not registrations.wanted & left_out
    assert sum(len(packet.items) for packet in packets) == len(registrations.wanted)
    for packet in packets:
        assert len({item for _, item in packet.items}) <= MOST_IN_PACKET


@given(st.lists(st.tuples(st.booleans(), st.sets(subscriptions, max_size=8)), max_size=12))
def test_when_every_ack_has_come_what_is_wanted_is_confirmed(steps):
    registrations, sent = Registrations(), []
    for wanted, items in steps:
        packets = registrations.want(items)[0] if wanted else registrations.unwant(items)
        send(registrations, packets)
        sent += packets
    for packet in sent:
        registrations.acked(packet.trnm, ok=True)
    assert registrations.confirmed == registrations.wanted
    assert not registrations.pending
