/* project/bin/hello, made by:
   gcc -Os -static -nostdlib -ffreestanding -fno-asynchronous-unwind-tables -fno-stack-protector \
       -Wl,--build-id=none,-z,noseparate-code -s -o ../project/bin/hello hello.c
   A server without any library: answers on port 8080, ends on SIGTERM. */
typedef unsigned long u64;

static long call(long number, long a, long b, long c, long d) {
    long result;
    register long r10 __asm__("r10") = d;
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
    return result;
}

static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello\n";
struct address { unsigned short family, port; unsigned ip; char rest[8]; };
struct waited { int descriptor; short events, returned; };

void _start(void) {
    u64 terminate = 1UL << 14;
    struct address here = {2, 0x901f, 0, {0}};
    struct waited both[2] = {{0, 1, 0}, {0, 1, 0}};
    char request[1024];
    call(14, 0, (long)&terminate, 0, 8);                       /* rt_sigprocmask: block SIGTERM */
    both[0].descriptor = (int)call(282, -1, (long)&terminate, 8, 0); /* signalfd */
    both[1].descriptor = (int)call(41, 2, 1, 0, 0);            /* socket */
    call(49, both[1].descriptor, (long)&here, sizeof here, 0); /* bind */
    call(50, both[1].descriptor, 16, 0, 0);                    /* listen */
    for (;;) {
        call(7, (long)both, 2, -1, 0);                         /* poll */
        if (both[0].returned) call(231, 0, 0, 0, 0);           /* exit_group */
        long client = call(43, both[1].descriptor, 0, 0, 0);   /* accept */
        call(0, client, (long)request, sizeof request, 0);     /* read */
        call(1, client, (long)answer, sizeof answer - 1, 0);   /* write */
        call(3, client, 0, 0, 0);                              /* close */
    }
}
