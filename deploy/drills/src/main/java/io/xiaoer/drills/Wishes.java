package io.xiaoer.drills;

import io.xiaoer.drills.fault.Drill;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// What the command line asks for.
///
/// @param rate what shoppers say a second, all of them together
record Wishes(boolean list, List<Drill> drills, long seed, int rate, Optional<String> data, OptionalInt port) {
    static final String USAGE = "Usage: ./xiaoer drill NAME...|all|list [--seed N] [--rate N] [--data DIR] [--port N]";

    private static final Set<String> OPTIONS = Set.of("--seed", "--rate", "--data", "--port");
    /// With as many answers, 210 messages a second.
    private static final int RATE = 105;
    private static final int HIGHEST_RATE = 5_000;
    private static final int SEEDS = 1_000_000;
    private static final int HIGHEST_PORT = 65_535;

    /// @throws IllegalArgumentException with a sentence that says what is not understood
    static Wishes of(List<String> words) {
        var options = new HashMap<String, String>();
        var names = new ArrayList<String>();
        for (var i = 0; i < words.size(); i++) {
            var word = words.get(i);
            var equals = word.indexOf('=');
            var name = equals > 0 ? word.substring(0, equals) : word;
            if (!word.startsWith("-")) {
                names.add(word);
            } else if (!OPTIONS.contains(name)) {
                throw new IllegalArgumentException("Unknown option: " + word);
            } else if (equals > 0) {
                options.put(name, word.substring(equals + 1));
            } else if (++i < words.size()) {
                options.put(name, words.get(i));
            } else {
                throw new IllegalArgumentException(name + " needs a value");
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("Which drill?");
        }
        var seed = Optional.ofNullable(options.get("--seed"))
                .map(value -> number("--seed", value, Long.MAX_VALUE))
                .orElseGet(() -> (long) ThreadLocalRandom.current().nextInt(SEEDS));
        var rate = Optional.ofNullable(options.get("--rate"))
                .map(value -> (int) number("--rate", value, HIGHEST_RATE))
                .orElse(RATE);
        if (rate == 0) {
            throw new IllegalArgumentException("--rate takes a number from 1");
        }
        var port = Optional.ofNullable(options.get("--port"))
                .map(value -> OptionalInt.of((int) number("--port", value, HIGHEST_PORT)))
                .orElse(OptionalInt.empty());
        return new Wishes(
                names.equals(List.of("list")),
                drills(names),
                seed,
                rate,
                Optional.ofNullable(options.get("--data")),
                port);
    }

    private static List<Drill> drills(List<String> names) {
        if (names.equals(List.of("list"))) {
            return List.of();
        }
        if (names.equals(List.of("all"))) {
            return Drill.ALL;
        }
        return names.stream()
                .map(name -> Drill.named(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "There is no drill " + name + "; ./xiaoer drill list names them")))
                .toList();
    }

    private static long number(String option, String value, long most) {
        try {
            var number = Long.parseLong(value);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s takes a number, not '%s'".formatted(option, value), e);
        }
        throw new IllegalArgumentException("%s takes a number from 0 to %d".formatted(option, most));
    }
}
