package io.tidewatch.serde;

import io.tidewatch.schema.CheckResult;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Makes Avro accept our generated record classes. Avro loads a class that a schema names only if it has been told to trust
 * it, for writing, for reading and for copying. Serializers and deserializers tell it so themselves.
 *
 * <p>Source: Avro 1.12.2, {@link ClassSecurityValidator}.
 */
public final class GeneratedRecords {
    static {
        String ours = CheckResult.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> (type.getPackageName() + ".").startsWith(ours + ".")));
    }

    private GeneratedRecords() {}

    /** Safe to call again: the work is done once for the process. */
    public static void trust() {
        // The static initializer has done the work.
    }
}
