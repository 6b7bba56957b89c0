package io.tidewatch.system.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves out what Avro generates: nobody writes it, and nobody could make it follow our rules. */
final class HandWritten implements ImportOption {
    @Override
    public boolean includes(Location location) {
        return !location.contains("/io/tidewatch/schema/");
    }
}
