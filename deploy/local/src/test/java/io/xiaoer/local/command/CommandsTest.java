package io.xiaoer.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.local.command.Command.NotUnderstood;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not understood is refused before anything happens.
class CommandsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "up now",
                "up --port",
                "up --port x",
                "up --port 70000",
                "status --loud",
                "logs",
                "ask",
                "ask -5度",
                "ask -- --user u",
                "up -- --detach",
                "token",
                "backup here",
                "backup --to",
                "restore",
                "restore one two",
                "bench",
                "bench all",
                "bench ingest --orders 0",
                "bench slow-source --rate 0",
                "bench slow-source all",
                "flow",
                "flow test",
                "flow try file.yml",
            })
    void wordsThatNameNoCommandAreNotUnderstood(String line) {
        var words = line.isEmpty() ? List.<String>of() : List.of(line.split(" "));
        assertThatThrownBy(() -> Commands.from(words)).isInstanceOf(NotUnderstood.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "up --detach --port 9090 --data /tmp/x",
                "up --port=9090",
                "down",
                "status --json --memory",
                "logs kafka -f",
                "ask hello --user u",
                "ask -- -5度能发货吗",
                "ask --user u -- --help",
                "token ops",
                "token merchant 1001",
                "backup",
                "backup --to /tmp/x",
                "bench ingest",
                "bench slow-source",
                "bench slow-source --rate 10 --seconds 3 --shop 1002",
                "bench ingest --orders 10 --seed 3 --shop 1001 --file /tmp/x",
                "restore 2026-11-25",
                "flow test file.yml",
                "flow test file.yml --shop 1001",
                "env",
                "env .env",
                "doctor",
                "help",
            })
    void everyCommandOfTheUsageIsUnderstood(String line) {
        assertThat(Commands.from(List.of(line.split(" ")))).isNotNull();
        assertThat(Commands.usage()).contains(line.split(" ")[0].replace("help", "Usage"));
    }

    @Test
    void whatLooksLikeAnOptionAndIsNoneIsToldHowToBeSaid() {
        assertThatThrownBy(() -> Commands.from(List.of("ask", "-5 度能发货吗")))
                .isInstanceOf(NotUnderstood.class)
                .hasMessageContaining("comes after --");
        assertThat(Commands.usage()).contains("./xiaoer ask -- \"-5");
    }

    @Test
    void theUsageStandsAtTheMargin() {
        assertThat(Commands.usage()).startsWith("Usage: ");
        assertThat(Commands.usage().lines()).noneMatch(line -> line.startsWith("   "));
    }
}
