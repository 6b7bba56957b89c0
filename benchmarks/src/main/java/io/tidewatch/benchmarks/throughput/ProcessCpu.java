package io.tidewatch.benchmarks.throughput;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process has used of all processors since it started. */
public final class ProcessCpu {
    private ProcessCpu() {}

    public static long nanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
