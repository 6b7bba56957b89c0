package io.tidewatch.poller.remote.ping;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;

/** The functions of Linux's C library that ICMP needs and Java has not. The numbers are those of x86-64 and ARM64. */
final class LibC {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int IPPROTO_ICMP = 1;
    static final int IPPROTO_ICMPV6 = 58;
    static final int POLLIN = 1;

    static {
        if (!Platform.isLinux()) {
            throw new UnsatisfiedLinkError("ping needs Linux");
        }
        Native.register(LibC.class, Platform.C_LIBRARY_NAME);
    }

    private LibC() {}

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native NativeLong sendto(
            int socket, byte[] bytes, NativeLong length, int flags, byte[] address, int addressLength)
            throws LastErrorException;

    /** Answers a negative number when there is nothing to receive. */
    static native NativeLong recvfrom(
            int socket, byte[] bytes, NativeLong length, int flags, byte[] address, int[] addressLength);

    /** Answers a negative number when a signal came first. */
    static native int poll(Memory descriptors, NativeLong count, int timeoutMs);

    static native int close(int socket);
}
