package io.xiaoer.bench;

import io.xiaoer.local.command.Command.NotUnderstood;
import io.xiaoer.local.command.Words;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;

/// What the command line asks for. What it leaves open is the scenario's own choice.
///
/// @param rate        messages a second
/// @param seconds     of a round
/// @param warmUp      seconds before the first round
/// @param connections at one time
/// @param ofFaq       of 100 things so many are questions of the FAQ
/// @param mostLate    how late the generator may be, in ms
/// @param to          where the files go
/// @param home        of this copy of the project
public record Wishes(
        String scenario,
        OptionalInt rate,
        OptionalInt seconds,
        OptionalInt rounds,
        OptionalInt warmUp,
        OptionalInt connections,
        int ofFaq,
        int seed,
        int mostLate,
        Path data,
        Path to,
        Optional<String> shop,
        Path home) {
    static final String USAGE = """
            Usage: ./xiaoer bench SCENARIO [--rate N] [--seconds N] [--rounds N] [--warm-up N] [--connections N]
                                  [--faq PERCENT] [--seed N] [--late MS] [--shop S] [--data DIR] [--to DIR]""";

    /// What `./xiaoer bench` does without this program, and what it is about.
    static final SequencedMap<String, String> LAUNCHERS_OWN = launchersOwn();

    private static final int HIGHEST_RATE = 5_000;
    private static final int MOST_SECONDS = 600;
    private static final int MOST_ROUNDS = 20;
    /// Of the 20,000 files that a process may have open.
    private static final int MOST_CONNECTIONS = 19_000;
    private static final int LATE_MS = 5;
    private static final int OF_FAQ = 70;

    private static SequencedMap<String, String> launchersOwn() {
        var own = new LinkedHashMap<String, String>();
        own.put("ingest", "orders in batches: rate and memory; takes --orders N, --file F, --seed N, --shop S");
        own.put("slow-source", "cards while parcels stand still; takes --rate N, --seconds N, --shop S");
        return Collections.unmodifiableSequencedMap(own);
    }

    static Wishes of(List<String> said, Path home) {
        var words = new Words(
                said,
                Set.of(
                        "--rate",
                        "--seconds",
                        "--rounds",
                        "--warm-up",
                        "--connections",
                        "--faq",
                        "--seed",
                        "--late",
                        "--shop",
                        "--data",
                        "--to"),
                Set.of());
        var data = words.option("--data").map(Path::of).orElse(home.resolve("var"));
        return new Wishes(
                words.rest(1, 1, "bench SCENARIO").getFirst(),
                number(words, "--rate", 1, HIGHEST_RATE),
                number(words, "--seconds", 1, MOST_SECONDS),
                number(words, "--rounds", 1, MOST_ROUNDS),
                number(words, "--warm-up", 0, MOST_SECONDS),
                number(words, "--connections", 1, MOST_CONNECTIONS),
                words.number("--faq", 0, 100, OF_FAQ),
                words.number("--seed", 0, Integer.MAX_VALUE, 1),
                words.number("--late", 1, Integer.MAX_VALUE, LATE_MS),
                data,
                words.option("--to").map(Path::of).orElse(data.resolve("bench")),
                words.option("--shop"),
                home);
    }

    private static OptionalInt number(Words words, String name, int least, int most) {
        if (!words.has(name)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(words.number(name, least, most, least));
    }

    static NotUnderstood noSuch(String scenario, List<String> known) {
        return new NotUnderstood("There is no scenario %s; there are %s".formatted(scenario, String.join(", ", known)));
    }
}
