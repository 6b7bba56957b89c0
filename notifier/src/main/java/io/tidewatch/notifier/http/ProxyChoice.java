package io.tidewatch.notifier.http;

/** What a call goes through. */
public sealed interface ProxyChoice {
    /** The operator's proxy, if there is one and the target is none of its exceptions. */
    ProxyChoice USUAL = new Usual();

    /** Nothing: straight to the receiver. */
    ProxyChoice NONE = new None();

    /** See {@link #USUAL}. */
    record Usual() implements ProxyChoice {}

    /** See {@link #NONE}. */
    record None() implements ProxyChoice {}

    /** A proxy of a tenant, whose address is judged as those of receivers are. */
    record Given(ProxyServer server) implements ProxyChoice {}
}
