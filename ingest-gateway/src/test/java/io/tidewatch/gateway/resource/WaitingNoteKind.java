package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.Waits;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.TextChange;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Notes of which the next one takes as long to judge as a test likes; those after it take no time. */
public final class WaitingNoteKind implements ResourceKind<TextChange> {
    private final NoteKind notes;
    private final AtomicInteger stalls = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile CountDownLatch stalled = new CountDownLatch(0);

    public WaitingNoteKind(NoteKind notes) {
        this.notes = notes;
    }

    /** The next one waits. */
    public void stall() {
        stalled = new CountDownLatch(1);
        stalls.set(1);
    }

    public void goOn() {
        stalled.countDown();
    }

    public void awaitOneThatWaits() {
        Awaitility.await().until(() -> waiting.get() == 1);
    }

    @Override
    public TextChange read(
            ResourcePath path, ObjectNode object, Instant createdAt, Instant updatedAt, ConfigurationView view) {
        TextChange note = notes.read(path, object, createdAt, updatedAt, view);
        if (stalls.getAndSet(0) == 1) {
            waiting.incrementAndGet();
            Waits.until(stalled);
            waiting.decrementAndGet();
        }
        return note;
    }

    @Override
    public Topic topic() {
        return notes.topic();
    }

    @Override
    public Class<TextChange> recordClass() {
        return notes.recordClass();
    }

    @Override
    public ResourcePath path(TextChange note) {
        return notes.path(note);
    }

    @Override
    public String noun() {
        return notes.noun();
    }

    @Override
    public String idPrefix() {
        return notes.idPrefix();
    }

    @Override
    public String collection() {
        return notes.collection();
    }

    @Override
    public boolean isOfEntity() {
        return notes.isOfEntity();
    }

    @Override
    public int maxPerTenant() {
        return notes.maxPerTenant();
    }

    @Override
    public Set<String> setAtCreation() {
        return notes.setAtCreation();
    }

    @Override
    public ObjectNode write(TextChange note) {
        return notes.write(note);
    }
}
