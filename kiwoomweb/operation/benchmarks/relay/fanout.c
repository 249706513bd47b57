/* The bound: one loop that reads the feed and writes to sockets, ten frames a second, the latest of each symbol.
   fanout FEED_PORT MODE: prints the port it listens on. No sign-in, no numbers of events, nobody else to serve.
   MODE eager reads and writes every trade as it comes and marks it for each follower, as a loop one would first
   write; lazy keeps the frame of the newest trade and does all that once a frame: nothing can be cheaper here. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { SYMBOLS = 256, CONNECTIONS = 4096, RAW = 1024, TEXT = 512, MESSAGE = 128 * 1024, INBOX = 1 << 20 };

typedef struct { char code[7]; char raw[RAW]; int size, dirty, length; char text[TEXT]; } Symbol;
typedef struct { int open, used; unsigned seq; unsigned char follows[SYMBOLS], missed[SYMBOLS]; char in[4096]; } Browser;

static Symbol symbols[SYMBOLS];
static int many, eager, top;
static Browser *browsers[CONNECTIONS];
static unsigned char inbox[INBOX];
static int held;

static int symbol_of(const char *code) {
    for (int n = 0; n < many; n++)
        if (!memcmp(symbols[n].code, code, 6)) return n;
    if (many == SYMBOLS) exit(3);
    memcpy(symbols[many].code, code, 6);
    return many++;
}

/* The text of one FID, without its sign. */
static int value(const Symbol *s, const char *fid, char *out, int keep_sign) {
    const char *at = memmem(s->raw, s->size, fid, strlen(fid));
    int n = 0;
    if (!at) return 0;
    at += strlen(fid);
    if (*at == '+' || (*at == '-' && !keep_sign)) at++;
    while (*at != '"' && n < 30) out[n++] = *at++;
    out[n] = 0;
    return n;
}

static void write_text(Symbol *s, long long now) {
    char p[32], c[32], r[32], z[32], v[32], t[32], o[32], h[32], l[32], g[32];
    value(s, "\"10\":\"", p, 0); value(s, "\"11\":\"", c, 1); value(s, "\"12\":\"", r, 1);
    value(s, "\"15\":\"", z, 0); value(s, "\"13\":\"", v, 0); value(s, "\"14\":\"", t, 0);
    value(s, "\"16\":\"", o, 0); value(s, "\"17\":\"", h, 0); value(s, "\"18\":\"", l, 0);
    value(s, "\"228\":\"", g, 0);
    s->length = snprintf(s->text, TEXT,
        "{\"topic\":\"quote:%s\",\"price\":%s,\"change\":%s,\"rate\":\"%s\",\"at\":%lld,\"heard\":%lld,"
        "\"size\":%s,\"side\":\"buy\",\"volume\":%s,\"turnover\":%s000000,\"open\":%s,\"high\":%s,\"low\":%s,"
        "\"strength\":\"%s\"}", s->code, p, c, r, now / 1000, now, z, v, t, o, h, l, g);
}

static void say_client(int fd, const char *text) {
    unsigned char frame[256] = {0x81};
    int n = strlen(text);
    frame[1] = 0x80 | n;
    memcpy(frame + 6, text, n);
    if (write(fd, frame, n + 6) < 0) exit(4);
}

static int feed_socket(int port) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    char hello[512], head[2048];
    snprintf(hello, sizeof hello, "GET /%s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", eager ? "eager" : "lazy");
    int fd = socket(AF_INET, SOCK_STREAM, 0), got = 0;
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    if (connect(fd, (struct sockaddr *)&to, sizeof to)) exit(5);
    if (write(fd, hello, strlen(hello)) < 0) exit(5);
    while (!memmem(head, got, "\r\n\r\n", 4)) got += read(fd, head + got, 1);
    say_client(fd, "{\"trnm\":\"REG\",\"data\":[{\"item\":[\"*\"],\"type\":[\"0B\"]}]}");
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

static long long milliseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static void hear_trade(const char *text, int size) {
    const char *at = memmem(text, size, "\"item\":\"", 8);
    if (!at || size >= RAW) return;
    int n = symbol_of(at + 8);
    Symbol *s = &symbols[n];
    memcpy(s->raw, text, size);
    s->size = size;
    s->dirty = 1;
    if (!eager) return;
    write_text(s, milliseconds());
    for (int fd = 0; fd < top; fd++)
        if (browsers[fd] && browsers[fd]->follows[n]) browsers[fd]->missed[n] = 1;
}

static void hear_feed(int fd) {
    int got = read(fd, inbox + held, INBOX - held), at = 0;
    if (got == 0) exit(0);
    if (got < 0) return;
    held += got;
    while (held - at >= 4) {
        int length = inbox[at + 1], begin = at + 2;
        if (length == 126) { length = inbox[at + 2] << 8 | inbox[at + 3]; begin = at + 4; }
        if (begin + length > held) break;
        hear_trade((char *)inbox + begin, length);
        at = begin + length;
    }
    memmove(inbox, inbox + at, held -= at);
}

static void hear_browser(int fd, Browser *b, int poll) {
    int got = read(fd, b->in + b->used, sizeof b->in - b->used - 1);
    if (got == 0 || (got < 0 && errno != EAGAIN)) {
        epoll_ctl(poll, EPOLL_CTL_DEL, fd, 0);
        close(fd); free(b); browsers[fd] = 0;
        return;
    }
    if (got < 0) return;
    b->used += got;
    b->in[b->used] = 0;
    if (!b->open) {
        const char *yes = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
        if (!memmem(b->in, b->used, "\r\n\r\n", 4)) return;
        if (write(fd, yes, strlen(yes)) < 0) return;
        b->open = 1; b->used = 0;
        return;
    }
    for (char *at = b->in; (at = memmem(at, b->in + b->used - at, "quote:", 6)); at += 12)
        if (at + 12 <= b->in + b->used) b->follows[symbol_of(at + 6)] = 1;
    b->used = 0; /* acknowledgements are read and believed */
}

static void flush(void) {
    static unsigned char message[MESSAGE];
    long long now = milliseconds();
    for (int n = 0; n < many && !eager; n++)
        if (symbols[n].dirty) write_text(&symbols[n], now);
    for (int fd = 0; fd < top; fd++) {
        Browser *b = browsers[fd];
        int size = 16, first = 1;
        if (!b || !b->open) continue;
        size += sprintf((char *)message + size, "{\"seq\":%u,\"ts\":%lld,\"updates\":[", b->seq + 1, now);
        for (int n = 0; n < many && size < MESSAGE - TEXT; n++) {
            if (!b->follows[n] || !(symbols[n].dirty || b->missed[n])) continue;
            if (!first) message[size++] = ',';
            memcpy(message + size, symbols[n].text, symbols[n].length);
            size += symbols[n].length;
            first = 0;
        }
        if (first) continue;
        memcpy(message + size, "]}", 2);
        size += 2;
        int length = size - 16, begin = length < 126 ? 14 : length < 65536 ? 12 : 6;
        message[begin] = 0x81;
        if (length < 126) message[begin + 1] = length;
        else if (length < 65536) { message[13] = 126; message[14] = length >> 8; message[15] = length; message[12] = 0x81; }
        else { message[7] = 127; for (int n = 0; n < 8; n++) message[8 + n] = (uint64_t)length >> (56 - 8 * n); }
        ssize_t sent = send(fd, message + begin, size - begin, MSG_NOSIGNAL);
        if (sent == size - begin) { b->seq++; memset(b->missed, 0, SYMBOLS); }
        else if (sent < 0 && errno == EAGAIN) for (int n = 0; n < many; n++) b->missed[n] |= symbols[n].dirty;
        else if (sent >= 0) { /* half a frame went out: wait for the rest, as nobody else is */
            for (int at = begin + sent; at < size;) {
                ssize_t more = send(fd, message + at, size - at, MSG_NOSIGNAL);
                if (more > 0) at += more; else if (errno != EAGAIN) break;
            }
            b->seq++;
        }
    }
    for (int n = 0; n < many; n++) symbols[n].dirty = 0;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    eager = !strcmp(argv[2], "eager");
    int poll = epoll_create1(0), feed = feed_socket(atoi(argv[1])), on = 1;
    int door = socket(AF_INET, SOCK_STREAM, 0), timer = timerfd_create(CLOCK_MONOTONIC, 0);
    struct sockaddr_in here = {.sin_family = AF_INET};
    socklen_t size = sizeof here;
    struct itimerspec every = {{0, 100000000}, {0, 100000000}};
    struct epoll_event want = {.events = EPOLLIN}, came[256];
    inet_pton(AF_INET, "127.0.0.1", &here.sin_addr);
    if (bind(door, (struct sockaddr *)&here, size) || listen(door, 1024)) return 6;
    getsockname(door, (struct sockaddr *)&here, &size);
    timerfd_settime(timer, 0, &every, 0);
    int all[] = {feed, door, timer};
    for (int n = 0; n < 3; n++) { want.data.fd = all[n]; epoll_ctl(poll, EPOLL_CTL_ADD, all[n], &want); }
    printf("{\"port\": %d}\n", ntohs(here.sin_port));
    fflush(stdout);
    for (;;) {
        int ready = epoll_wait(poll, came, 256, -1);
        for (int n = 0; n < ready; n++) {
            int fd = came[n].data.fd;
            if (fd == feed) hear_feed(fd);
            else if (fd == timer) { uint64_t times; if (read(timer, &times, 8) > 0) flush(); }
            else if (fd == door) {
                int new = accept4(door, 0, 0, SOCK_NONBLOCK);
                if (new < 0 || new >= CONNECTIONS) continue;
                setsockopt(new, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                browsers[new] = calloc(1, sizeof(Browser));
                if (new >= top) top = new + 1;
                want.data.fd = new;
                epoll_ctl(poll, EPOLL_CTL_ADD, new, &want);
            } else if (browsers[fd]) hear_browser(fd, browsers[fd], poll);
        }
    }
}
