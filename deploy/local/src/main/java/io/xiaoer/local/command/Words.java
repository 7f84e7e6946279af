package io.xiaoer.local.command;

import io.xiaoer.local.command.Command.NotUnderstood;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words after a command's name, told apart: options with a value, switches, and the rest in order.
/// What comes after a word `--` is of the rest, whatever it begins with.
public final class Words {
    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<String> rest = new ArrayList<>();

    /// @param valued the options that take a value, `--data` for example, as `--data DIR` or `--data=DIR`
    /// @param switches those that take none
    public Words(List<String> words, Set<String> valued, Set<String> switches) {
        var iterator = words.iterator();
        while (iterator.hasNext()) {
            var word = iterator.next();
            var equals = word.indexOf('=');
            var name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
            if (valued.contains(name)) {
                options.put(name, name.equals(word) ? next(iterator, name) : word.substring(equals + 1));
            } else if (switches.contains(word)) {
                options.put(word, "");
            } else if (word.equals("--")) {
                iterator.forEachRemaining(rest::add);
            } else if (word.startsWith("-") && word.length() > 1) {
                throw new NotUnderstood(
                        "Unknown option: %s; what begins with - and is none comes after --".formatted(word));
            } else {
                rest.add(word);
            }
        }
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    public boolean has(String name) {
        return options.containsKey(name);
    }

    /// The words that are no options, of which there must be so many.
    public List<String> rest(int least, int most, String expected) {
        if (rest.size() < least || rest.size() > most) {
            throw new NotUnderstood("Expected: " + expected);
        }
        return List.copyOf(rest);
    }

    public int number(String name, int least, int most, int otherwise) {
        var value = options.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            var number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new NotUnderstood("%s takes a number, not '%s'".formatted(name, value));
        }
        throw new NotUnderstood("%s takes a number from %d to %d".formatted(name, least, most));
    }

    private static String next(Iterator<String> iterator, String name) {
        if (!iterator.hasNext()) {
            throw new NotUnderstood(name + " needs a value");
        }
        return iterator.next();
    }
}
