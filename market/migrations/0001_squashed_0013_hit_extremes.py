import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kiwoomweb.creating import CreateModels


class Migration(migrations.Migration):

    replaces = [('market', '0001_instruments_calendar_kept'), ('market', '0002_stream_lease_account_event'), ('market', '0003_explorer_memory'), ('market', '0004_screeners'), ('market', '0005_watchlists'), ('market', '0006_watchlist_removed_at'), ('market', '0007_kept_bars'), ('market', '0008_watched_places'), ('market', '0009_alerts'), ('market', '0010_screen_numbers'), ('market', '0011_recorded_chunks'), ('market', '0012_recorded_since'), ('market', '0013_hit_extremes')]

    initial = True

    dependencies = [
        ('access', '0001_squashed_0005_invitations'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='BoardLook',
                fields=[
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='board_look', serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('columns', models.CharField(blank=True, max_length=200)),
                    ('sort', models.CharField(blank=True, max_length=16)),
                    ('descending', models.BooleanField(default=True)),
                    ('view', models.CharField(default='table', max_length=8)),
                ],
            ),
            migrations.CreateModel(
                name='CalendarOverride',
                fields=[
                    ('day', models.DateField(primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('closed', '휴장'), ('late', '10시 개장'), ('open', '정상 개장')], max_length=10)),
                    ('note', models.CharField(blank=True, max_length=120)),
                ],
                options={
                    'ordering': ('day',),
                },
            ),
            migrations.CreateModel(
                name='StreamLease',
                fields=[
                    ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='stream_lease', serialize=False, to='access.account')),
                    ('holder', models.CharField(blank=True, max_length=60)),
                    ('fence', models.BigIntegerField(default=0)),
                    ('expires', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Alert',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('price_over', '현재가 이상'), ('price_under', '현재가 이하'), ('rate_over', '등락률 이상'), ('rate_under', '등락률 이하'), ('volume_over', '거래량 이상'), ('vi', 'VI 발동·해제'), ('fill', '내 체결')], max_length=12)),
                    ('symbol', models.CharField(blank=True, max_length=12)),
                    ('threshold', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                    ('again', models.CharField(choices=[('once', '한 번'), ('daily', '하루 한 번'), ('always', '닿을 때마다')], default='once', max_length=8)),
                    ('sound', models.CharField(blank=True, choices=[('bell', '종'), ('chime', '차임'), ('alarm', '경보'), ('', '소리 없음')], default='bell', max_length=8)),
                    ('note', models.CharField(blank=True, max_length=80)),
                    ('armed', models.BooleanField(default=True)),
                    ('paused', models.BooleanField(default=False)),
                    ('rung_at', models.DateTimeField(blank=True, null=True)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='access.account')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('pk',),
                    'indexes': [models.Index(fields=['account', 'owner'], name='alert_account_owner')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['vi', 'fill']), ('threshold__isnull', True)), models.Q(('kind__in', ['price_over', 'price_under', 'rate_over', 'rate_under', 'volume_over']), ('threshold__isnull', False)), _connector='OR'), name='alert_threshold_where_one_belongs'), models.CheckConstraint(condition=models.Q(('kind', 'fill'), models.Q(('symbol', ''), _negated=True), _connector='OR'), name='alert_names_its_symbol')],
                },
            ),
            migrations.CreateModel(
                name='AlertRing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('seen', models.JSONField()),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                    ('alert', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rings', to='market.alert')),
                ],
                options={
                    'ordering': ('-pk',),
                    'indexes': [models.Index(fields=['alert', 'read_at'], name='alert_ring_read')],
                },
            ),
            migrations.CreateModel(
                name='Answered',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('tr', models.CharField(max_length=10)),
                    ('at', models.DateTimeField()),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answered', to='access.account')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('account', 'tr'), name='one_success_per_tr')],
                },
            ),
            migrations.CreateModel(
                name='FavouriteTR',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('tr', models.CharField(max_length=10)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='favourite_trs', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('user', 'tr'), name='one_star_per_tr')],
                },
            ),
            migrations.CreateModel(
                name='Instrument',
                fields=[
                    ('symbol', models.CharField(max_length=12, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=80)),
                    ('name_en', models.CharField(blank=True, max_length=120)),
                    ('initials', models.CharField(blank=True, db_index=True, max_length=80)),
                    ('market', models.CharField(blank=True, max_length=20)),
                    ('sector', models.CharField(blank=True, max_length=60)),
                    ('kind', models.CharField(blank=True, max_length=20)),
                    ('state', models.CharField(blank=True, max_length=60)),
                    ('listed', models.DateField(null=True)),
                    ('shares', models.BigIntegerField(null=True)),
                    ('updated', models.DateTimeField(auto_now=True)),
                ],
                options={
                    'ordering': ('name',),
                    'indexes': [models.Index(fields=['name'], name='instrument_name')],
                },
            ),
            migrations.CreateModel(
                name='Kept',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('environment', models.CharField(max_length=12)),
                    ('what', models.CharField(max_length=80)),
                    ('body', models.BinaryField()),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('environment', 'what'), name='one_answer_kept')],
                },
            ),
            migrations.CreateModel(
                name='KeptBars',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('environment', models.CharField(max_length=12)),
                    ('symbol', models.CharField(max_length=20)),
                    ('span', models.CharField(choices=[('tick', '틱'), ('minute', '1분'), ('day', '일')], max_length=6)),
                    ('starts', models.DateField()),
                    ('venue', models.CharField(default='KRX', max_length=3)),
                    ('source', models.CharField(max_length=10)),
                    ('rows', models.BinaryField(default=bytes)),
                    ('count', models.PositiveIntegerField(default=0)),
                    ('state', models.CharField(choices=[('complete', 'Complete'), ('partial', 'Partial'), ('gone', 'Gone'), ('failed', 'Failed')], default='partial', max_length=8)),
                    ('trouble', models.CharField(blank=True, max_length=200)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('next_try', models.DateTimeField(null=True)),
                    ('fetched_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('environment', 'symbol', 'span', 'starts'), name='bars_kept_once_a_block')],
                },
            ),
            migrations.CreateModel(
                name='LastQuestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('tr', models.CharField(max_length=10)),
                    ('body', models.JSONField()),
                    ('at', models.DateTimeField(auto_now=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='last_questions', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('user', 'tr'), name='one_last_question_per_tr')],
                },
            ),
            migrations.CreateModel(
                name='RecordedChunk',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.CharField(max_length=16)),
                    ('kind', models.CharField(choices=[('tick', '틱'), ('book', '호가')], max_length=4)),
                    ('begun', models.BigIntegerField()),
                    ('ended', models.BigIntegerField()),
                    ('first', models.BigIntegerField()),
                    ('count', models.PositiveIntegerField()),
                    ('grain', models.PositiveSmallIntegerField(default=0)),
                    ('after_gap', models.BooleanField(default=False)),
                    ('data', models.BinaryField()),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.account')),
                ],
                options={
                    'indexes': [models.Index(fields=['grain', 'first'], name='recorded_since')],
                    'constraints': [models.UniqueConstraint(fields=('account', 'place', 'kind', 'first'), name='recorded_once')],
                },
            ),
            migrations.CreateModel(
                name='Screener',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seq', models.CharField(max_length=10)),
                    ('name', models.CharField(max_length=120)),
                    ('listed_at', models.DateTimeField()),
                    ('wanted', models.BooleanField(default=False)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='screeners', to='access.account')),
                ],
                options={
                    'ordering': ('seq',),
                    'constraints': [models.UniqueConstraint(fields=('account', 'seq'), name='screener_once_per_account')],
                },
            ),
            migrations.CreateModel(
                name='ScreenerHit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('condition', models.CharField(max_length=120)),
                    ('symbol', models.CharField(max_length=12)),
                    ('kind', models.CharField(choices=[('in', '편입'), ('out', '이탈'), ('present', '시작 때')], max_length=8)),
                    ('at', models.DateTimeField()),
                    ('price', models.BigIntegerField(null=True)),
                    ('price_asked', models.BooleanField(default=False)),
                    ('highest', models.BigIntegerField(null=True)),
                    ('lowest', models.BigIntegerField(null=True)),
                    ('is_settled', models.BooleanField(default=False)),
                    ('screener', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hits', to='market.screener')),
                ],
                options={
                    'ordering': ('-at', '-pk'),
                    'indexes': [models.Index(fields=['screener', '-at'], name='screener_hit_by_time'), models.Index(fields=['is_settled', 'kind', 'at'], name='screener_hit_unsettled')],
                    'constraints': [models.UniqueConstraint(fields=('screener', 'symbol', 'kind', 'at'), name='screener_hit_once')],
                },
            ),
            migrations.CreateModel(
                name='HitReturn',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('horizon', models.CharField(max_length=8)),
                    ('price', models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                    ('gross', models.DecimalField(decimal_places=4, max_digits=10, null=True)),
                    ('net', models.DecimalField(decimal_places=4, max_digits=10, null=True)),
                    ('why', models.CharField(blank=True, choices=[('after_close', '장 마감 뒤라 값이 없습니다'), ('not_told', '브로커가 그때의 값을 더 이상 주지 않습니다'), ('no_price', '편입 때의 값을 모릅니다')], max_length=16)),
                    ('measured_at', models.DateTimeField(auto_now_add=True)),
                    ('hit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='market.screenerhit')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('hit', 'horizon'), name='hit_return_once')],
                },
            ),
            migrations.CreateModel(
                name='ScreenNumber',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=4)),
                    ('place', models.CharField(blank=True, max_length=40)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='screen_numbers', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('number',),
                    'constraints': [models.UniqueConstraint(fields=('user', 'number'), name='screen_number_once')],
                },
            ),
            migrations.CreateModel(
                name='Watchlist',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60)),
                    ('source_code', models.CharField(blank=True, max_length=20)),
                    ('brought_at', models.DateTimeField(blank=True, null=True)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='watchlists', to=settings.AUTH_USER_MODEL)),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.account')),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='watchlists', to='access.team')),
                ],
                options={
                    'ordering': ('pk',),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('owner__isnull', False), ('team__isnull', True)), models.Q(('owner__isnull', True), ('team__isnull', False)), _connector='OR'), name='watchlist_of_team_or_person'), models.UniqueConstraint(condition=models.Q(('source__isnull', False)), fields=('source', 'source_code'), name='watchlist_group_once')],
                },
            ),
            migrations.CreateModel(
                name='WatchedSymbol',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('symbol', models.CharField(max_length=12)),
                    ('place', models.PositiveIntegerField(default=0)),
                    ('memo', models.CharField(blank=True, max_length=200)),
                    ('added_at', models.DateTimeField(auto_now_add=True)),
                    ('watchlist', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='symbols', to='market.watchlist')),
                ],
                options={
                    'ordering': ('place', 'pk'),
                    'constraints': [models.UniqueConstraint(fields=('watchlist', 'symbol'), name='watched_once_per_list')],
                },
            ),
            migrations.CreateModel(
                name='AccountEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seq', models.BigIntegerField()),
                    ('kind', models.CharField(max_length=20)),
                    ('body', models.JSONField()),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='live_events', to='access.account')),
                ],
                options={
                    'ordering': ('seq',),
                    'indexes': [models.Index(fields=['at'], name='account_event_at')],
                    'constraints': [models.UniqueConstraint(fields=('account', 'seq'), name='one_event_per_number')],
                },
            ),
        ]),
    ]
