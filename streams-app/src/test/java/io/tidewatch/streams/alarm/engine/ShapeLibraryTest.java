package io.tidewatch.streams.alarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.espertech.esper.common.client.EPCompiled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class ShapeLibraryTest {
    private static final EPCompiled NOTHING = new CriteriaShapes().alarms();

    private final List<String> compiled = new ArrayList<>();
    private final ShapeLibrary library = new ShapeLibrary(this::compile, (tenant, compilation) -> compilation.run());

    @Test
    void keepsWhatIsUsedAndAsManyOthersAsItMay() {
        use("t", "used");
        for (int i = 0; i < 600; i++) {
            use("t", "shape" + i);
        }
        assertThat(library.size()).isEqualTo(601);

        for (int i = 0; i < 600; i++) {
            library.giveBack("shape" + i);
        }

        assertThat(library.size()).isEqualTo(1 + ShapeLibrary.MAX_UNUSED);
        compiled.clear();
        use("t", "used");
        use("t", "shape599");
        use("t", "shape0");
        assertThat(compiled).containsExactly("shape0");
    }

    @Test
    void countsItsUsers() {
        use("t", "shared");
        use("u", "shared");
        library.giveBack("shared");
        for (int i = 0; i < 300; i++) {
            use("t", "shape" + i);
            library.giveBack("shape" + i);
        }

        compiled.clear();
        use("v", "shared");

        assertThat(compiled).isEmpty();
    }

    @Test
    void triesAgainWhatCouldNotBeCompiledOnceNobodyWaitsForIt() {
        assertThatThrownBy(() -> library.use("t", "broken").join()).isInstanceOf(CompletionException.class);
        library.giveBack("broken");

        assertThat(library.size()).isZero();
    }

    private void use(String tenant, String judgement) {
        assertThat(library.use(tenant, judgement)).isCompleted();
    }

    private CriteriaShapes.Shape compile(String judgement) {
        compiled.add(judgement);
        if (judgement.equals("broken")) {
            throw new IllegalArgumentException("broken");
        }
        return new CriteriaShapes.Shape(compiled.size(), judgement, NOTHING);
    }
}
