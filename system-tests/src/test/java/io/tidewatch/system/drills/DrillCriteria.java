package io.tidewatch.system.drills;

/** The criteria of the drill's alarms: each makes the engine remember something else from one result to the next. */
enum DrillCriteria {
    THRESHOLDS("""
            if (metric["duration"] > 1000) { return new AlarmStatus(CRITICAL, "very slow: #{duration} ms"); }
            if (metric["duration"] > 500) { return new AlarmStatus(WARNING, "slow: #{duration} ms"); }
            return new AlarmStatus(OK, "#{duration} ms");
            """),
    TWO_IN_A_ROW("""
            :set consecutiveCount=2
            if (metric["duration"] > 1000) { return new AlarmStatus(CRITICAL, "very slow: #{duration} ms"); }
            return new AlarmStatus(OK, "#{duration} ms");
            """),
    THREE_IN_A_ROW_OF_ONE_ZONE("""
            :set consistencyLevel=ONE
            :set consecutiveCount=3
            if (metric["duration"] > 500) { return new AlarmStatus(WARNING, "slow: #{duration} ms"); }
            return new AlarmStatus(OK, "#{duration} ms");
            """),
    TEXT_IN_ALL_ZONES("""
            :set consistencyLevel=ALL
            if (metric["code"] != "200") { return new AlarmStatus(CRITICAL, "answered #{code}"); }
            return new AlarmStatus(OK, "answered #{code}");
            """),
    RATE("""
            :set consecutiveCount=2
            if (rate(metric["bytes"]) > 0) { return new AlarmStatus(WARNING, "more: #{bytes}"); }
            return new AlarmStatus(OK, "not more: #{bytes}");
            """),
    PREVIOUS("""
            :set consistencyLevel=ONE
            if (previous(metric["code"]) != metric["code"]) { return new AlarmStatus(WARNING, "now #{code}"); }
            return new AlarmStatus(OK, "still #{code}");
            """),
    PERCENTAGE("""
            if (percentage(metric["used"], metric["bytes"]) >= 50 && metric["code"] regex "2.*") {
              return new AlarmStatus(CRITICAL, "#{used} of #{bytes}");
            }
            return new AlarmStatus(OK, "#{used} of #{bytes}");
            """),
    AVAILABILITY("");

    private final String criteria;

    DrillCriteria(String criteria) {
        this.criteria = criteria;
    }

    String criteria() {
        return criteria;
    }
}
