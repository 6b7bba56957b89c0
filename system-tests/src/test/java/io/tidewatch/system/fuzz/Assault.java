package io.tidewatch.system.fuzz;

import io.tidewatch.system.fuzz.wire.AnswerRules;
import io.tidewatch.system.fuzz.wire.Exchange;
import io.tidewatch.system.fuzz.wire.Outcome;
import io.tidewatch.system.fuzz.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** One kind at work: sends what it is given, looks at each answer, and counts. Several threads may send. */
final class Assault {
    /** More than the machine has processors, so that requests meet. */
    private static final int CLIENTS = 4;

    /**
     * What two processors do beside all the servers and the fuzz itself: more would show how long a queue is when a machine
     * has more to do than it can. That is a matter of quotas, and of more machines.
     */
    private static final int REQUESTS_A_SECOND = 500;

    /** Each is judged by four alarms, which change their states with most of them. */
    private static final int RECORDS_A_SECOND = 200;

    private final String kind;
    private final FuzzPlan plan;
    private final Ground ground;
    private final Wire wire;
    private final RecordSender records;
    private final Findings findings;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong unavailable = new AtomicLong();
    private final AtomicLong slowestMs = new AtomicLong();
    private final Pace requestPace = new Pace(REQUESTS_A_SECOND);
    private final Pace recordPace = new Pace(RECORDS_A_SECOND);
    private long published;

    Assault(String kind, FuzzPlan plan, Ground ground, Wire wire, RecordSender records, Findings findings) {
        this.kind = kind;
        this.plan = plan;
        this.ground = ground;
        this.wire = wire;
        this.records = records;
        this.findings = findings;
    }

    Ground ground() {
        return ground;
    }

    FuzzPlan plan() {
        return plan;
    }

    Random random(long index) {
        return plan.random(kind, index);
    }

    /** @param count how many requests or records this kind has */
    void run(Kind what, int count) throws Exception {
        if (what instanceof Kind.OfRequests requestKind) {
            atOnce(CLIENTS, count, index -> {
                requestPace.await();
                return requestKind.maker().apply(random(index), ground);
            });
        } else if (what instanceof Kind.OfRecords recordKind) {
            for (int index = 0; index < count; index++) {
                publish(index, recordKind.maker().apply(random(index), ground));
            }
            records.flush();
        } else if (what instanceof Kind.OfScenes scene) {
            scene.scene().play(this);
        }
    }

    /** Sends as many requests from so many clients, and returns when all are answered. */
    List<Outcome> atOnce(int clients, int count, LongFunction<Exchange> maker) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Outcome>> sent = new ArrayList<>();
            for (long index = 0; index < count; index++) {
                long number = index;
                sent.add(threads.submit(() -> send(number, maker.apply(number))));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> one : sent) {
                outcomes.add(one.get());
            }
            return outcomes;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The fuzz itself failed, kind " + kind + ", " + plan.repeat(kind), e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What is made by it is deleted at once, so that nothing piles up. */
    Outcome send(long index, Exchange exchange) {
        Outcome outcome = judged(index, exchange);
        outcome.answers().stream()
                .filter(answer -> answer.status() == 201 && answer.headers().containsKey("location"))
                .forEach(answer -> judged(
                        index, Exchange.plain("DELETE", path(answer.headers().get("location")))));
        return outcome;
    }

    /** As {@link #send}, and what is made stays. */
    Outcome judged(long index, Exchange exchange) {
        Outcome outcome = wire.send(exchange);
        if (outcome.end() == Outcome.End.SILENT && exchange.isPipelined()) {
            // Jetty 12.1.12 to 12.1.14 leave about one of 30 000 pipelined connections where they are, also with
            // nothing of
            // ours in them; such a connection is closed when it has been quiet for long enough.
            outcome = wire.send(exchange);
        }
        requests.incrementAndGet();
        slowestMs.accumulateAndGet(outcome.tookMs(), Math::max);
        Outcome judged = outcome;
        judged.answers().forEach(answer -> {
            taken.addAndGet(answer.status() < 400 ? 1 : 0);
            unavailable.addAndGet(answer.status() == 503 ? 1 : 0);
        });
        AnswerRules.objection(exchange, judged)
                .ifPresent(objection -> found(objection, "request " + index + ":\n    " + exchange));
        return judged;
    }

    /** Deletes the ground, if it is still there. */
    void clear() {
        judged(0, Exchange.plain("DELETE", ground.entityPath()));
    }

    /** Sends without a look at the answer: of connections that are held open on purpose. */
    void hold(Exchange exchange) {
        requests.incrementAndGet();
        var unused = wire.send(exchange);
    }

    void publish(long index, RawRecord record) {
        published++;
        recordPace.await();
        records.send(kind, index, record);
    }

    void found(String what, String how) {
        findings.add(kind, what, how);
    }

    /** What was sent, for the report. */
    String figures() {
        return published > 0
                ? String.format("%6d records", published)
                : String.format(
                        "%6d requests, %5d taken, %4d x 503, slowest %5d ms",
                        requests.get(), taken.get(), unavailable.get(), slowestMs.get());
    }

    long requests() {
        return requests.get();
    }

    long published() {
        return published;
    }

    private static String path(String location) {
        int host = location.indexOf("://");
        return host < 0 ? location : location.substring(location.indexOf('/', host + 3));
    }
}
