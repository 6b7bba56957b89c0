package io.tidewatch.poller.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.poller.probe.Phase;
import io.tidewatch.poller.probe.Run;
import io.tidewatch.poller.target.DnsResolver;
import io.tidewatch.poller.target.Resolution;
import io.tidewatch.poller.target.Target;
import io.tidewatch.schema.FailureKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes a run from a name to an open connection, or ends it with the failure of the step that did not work. A name is
 * resolved once, every address it has is put to the zone's policy, and the connection goes to an address that passed: what
 * a name server says a moment later changes nothing. Thread-safe.
 */
public final class Connector {
    private final ProbeLoops loops;
    private final DnsResolver resolver;
    private final AddressPolicy policy;
    private final TlsClient tls;

    public Connector(ProbeLoops loops, DnsResolver resolver, AddressPolicy policy) {
        this(loops, resolver, policy, CertificateJudge.byDefault());
    }

    Connector(ProbeLoops loops, DnsResolver resolver, AddressPolicy policy, CertificateJudge judge) {
        this.tls = new TlsClient(judge);
        this.loops = loops;
        this.resolver = resolver;
        this.policy = policy;
    }

    /** Resolves a target and puts its addresses to the policy; goes on with the first of them, on the run's loop. */
    public void resolve(Run run, Target target, Consumer<InetAddress> then) {
        run.enter(Phase.RESOLVE);
        resolver.resolve(target, resolution -> run.execute(() -> judge(run, resolution, then)));
    }

    /** Opens a connection; goes on with it on the run's loop, before anything that the server says is read. */
    public void connect(Run run, Destination to, Consumer<Connection> then) {
        resolve(run, to.target(), address -> dial(run, to, new InetSocketAddress(address, to.port()), then));
    }

    private void judge(Run run, Resolution resolution, Consumer<InetAddress> then) {
        if (resolution instanceof Resolution.Failed failed) {
            run.fail(failed.kind(), failed.reason());
        } else if (resolution instanceof Resolution.Addresses found) {
            if (found.addresses().stream().allMatch(policy::permits)) {
                then.accept(found.addresses().get(0));
            } else {
                // Which address it was stays unsaid: names of a private network are not to be explored from here.
                run.fail(FailureKind.POLICY_DENIED, "prevented by the zone's address policy");
            }
        }
    }

    private void dial(Run run, Destination to, InetSocketAddress address, Consumer<Connection> then) {
        run.enter(Phase.CONNECT);
        ChannelFuture connecting = loops.tcp(run.loop())
                .handler(new ChannelInboundHandlerAdapter())
                .connect(address);
        Channel channel = connecting.channel();
        run.releaseAtEnd(() -> {
            ChannelFuture unused = channel.close();
        });
        connecting.addListener(done -> run.execute(() -> {
            if (done.isSuccess()) {
                secure(run, to, channel, then);
            } else {
                ConnectionFailure.whileConnecting(done.cause()).end(run);
            }
        }));
    }

    private void secure(Run run, Destination to, Channel channel, Consumer<Connection> then) {
        long connectedNanos = run.elapsedNanos();
        if (to.tlsName().isEmpty()) {
            then.accept(new Connection(channel, connectedNanos, Optional.empty()));
            return;
        }
        run.enter(Phase.HANDSHAKE);
        SslHandler handler = tls.handler(channel.alloc(), to.tlsName().get(), to.port());
        channel.pipeline().addLast(handler);
        handler.handshakeFuture()
                .addListener(done -> run.execute(() -> {
                    if (done.isSuccess()) {
                        then.accept(new Connection(channel, connectedNanos, Optional.of(tls.peer(handler.engine()))));
                    } else {
                        ConnectionFailure.inHandshake(done.cause()).end(run);
                    }
                }));
    }
}
