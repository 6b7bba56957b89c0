package io.tidewatch.standalone.scenario;

import java.util.List;

/**
 * Somewhere the real alarm topology is at work and scenarios can be played. Each gets an entity, a check and an alarm of
 * its own, so that any number can be played on one stage. One thread calls it.
 */
public interface Stage extends AutoCloseable {
    /**
     * Plays scenarios, each observation in order of arrival, until the engine has taken in all of them.
     *
     * @return what happened, in the order of the scenarios
     */
    List<Performance> play(List<Scenario> scenarios);

    @Override
    void close();
}
