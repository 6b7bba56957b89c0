package io.tidewatch.streams.takeover;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One criteria of each kind that alarms have, in a file of the state directory: what the next process can compile before it
 * has read a single alarm. A hint only, so that nothing fails with it: what can't be read is as good as not there.
 */
final class KnownCriteria {
    private static final Logger LOG = LoggerFactory.getLogger(KnownCriteria.class);
    private static final String FILE = "known-criteria";

    private final Path file;

    KnownCriteria(Path stateDir) {
        this.file = stateDir.resolve(FILE);
    }

    /** Empty when nothing is known. */
    List<String> read() {
        if (Files.notExists(file)) {
            return List.of();
        }
        try (InputStream bytes = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new BufferedInputStream(bytes))) {
            int count = in.readInt();
            List<String> criteria = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                criteria.add(in.readUTF());
            }
            return criteria;
        } catch (IOException e) {
            LOG.warn("Known criteria can't be read file={} reason={}", file, e.toString());
            return List.of();
        }
    }

    /** Replaces what was known. */
    void write(Collection<String> criteria) {
        Path fresh = file.resolveSibling(FILE + ".new");
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream bytes = Files.newOutputStream(fresh);
                    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(bytes))) {
                out.writeInt(criteria.size());
                for (String each : criteria) {
                    out.writeUTF(each);
                }
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("Known criteria can't be written file={} reason={}", file, e.toString());
        }
    }
}
