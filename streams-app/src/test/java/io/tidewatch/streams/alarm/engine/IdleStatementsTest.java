package io.tidewatch.streams.alarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.espertech.esper.runtime.client.EPRuntimeProvider;
import io.tidewatch.criteria.CriteriaParser;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IdleStatementsTest {
    private static final String URI = IdleStatementsTest.class.getName();
    private static final int SHAPES = 2 * AlarmEngine.MAX_IDLE;

    private final CriteriaShapes shapes = new CriteriaShapes();

    @Test
    void goOnForTheNextAlarmButDoNotPileUp() {
        try (AlarmEngine engine = new AlarmEngine(URI, shapes)) {
            int alone = deployments();
            List<CriteriaShapes.Shape> all =
                    IntStream.range(0, SHAPES).mapToObj(this::shape).toList();

            all.forEach(engine::acquire);
            assertThat(deployments() - alone).isEqualTo(SHAPES);
            assertThat(shapes.deployed()).hasValue(SHAPES);

            all.forEach(shape -> engine.release(shape.number()));
            assertThat(deployments() - alone).isEqualTo(AlarmEngine.MAX_IDLE);
            assertThat(shapes.deployed()).hasValue(0);

            CriteriaShapes.Shape newest = all.get(SHAPES - 1);
            String before = String.join(" ", names());
            engine.acquire(newest);
            assertThat(String.join(" ", names())).as("what runs already").isEqualTo(before);
            assertThat(shapes.deployed()).hasValue(1);

            engine.acquire(all.get(0));
            assertThat(deployments() - alone).as("one that had ended").isEqualTo(AlarmEngine.MAX_IDLE + 1);
        }
        assertThat(shapes.deployed()).hasValue(0);
    }

    /** Conditions with ever more comparisons have ever other shapes. */
    private CriteriaShapes.Shape shape(int number) {
        String criteria = "if (metric['a'] > 1" + " && metric['a'] > 1".repeat(number % 8)
                + ") { return CRITICAL }\n"
                + "if (metric['b'] < 1) { return WARNING }\n".repeat(number / 8)
                + "return OK";
        return shapes.prepare("t", CriteriaParser.parse(criteria)).orElseThrow().shape();
    }

    private static int deployments() {
        return names().length;
    }

    private static String[] names() {
        return EPRuntimeProvider.getExistingRuntime(URI).getDeploymentService().getDeployments();
    }
}
