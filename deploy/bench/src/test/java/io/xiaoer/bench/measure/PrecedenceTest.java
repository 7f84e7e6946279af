package io.xiaoer.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// In a process of its own: what a process has claimed, its children have too.
class PrecedenceTest {
    private static final String EVERYBODYS = "0";

    /// Claims it, and says by what policies its threads run then.
    static final class AGenerator {
        private AGenerator() {}

        public static void main(String[] words) throws Exception {
            var precedence = new Precedence();
            System.out.println(precedence.claim());
            System.out.println(precedence.claim());
            try (var tasks = Files.list(Path.of("/proc/self/task"))) {
                tasks.forEach(task -> System.out.println(policy(task.resolve("stat"))));
            }
        }

        private static String policy(Path stat) {
            try {
                return Files.readString(stat).replaceFirst(".*\\) ", "").split(" ")[38];
            } catch (IOException e) {
                return "ended";
            }
        }
    }

    @Test
    void allThreadsGoFirstOrItIsSaidThatTheyDoNot() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var process = new ProcessBuilder(List.of(java, "-Xmx64m", "-cp", classes, AGenerator.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var lines = new String(process.getInputStream().readAllBytes()).lines().toList();

        assertThat(process.waitFor()).isZero();
        var claimed = Boolean.parseBoolean(lines.getFirst());
        assertThat(lines.get(1)).as("nothing is refused a second time").isEqualTo("true");
        assertThat(lines.subList(2, lines.size())).isNotEmpty().allSatisfy(policy -> {
            if (claimed) {
                assertThat(policy).isNotEqualTo(EVERYBODYS);
            } else {
                assertThat(policy).isIn(EVERYBODYS, "ended");
            }
        });
    }
}
