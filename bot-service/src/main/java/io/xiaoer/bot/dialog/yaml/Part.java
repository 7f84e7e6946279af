package io.xiaoer.bot.dialog.yaml;

import io.xiaoer.bot.dialog.expression.Figures;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A value in a file, with its line. What is asked for and is not there becomes a fault, and reading goes on.
public final class Part {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private final Node node;
    private final Faults faults;

    Part(Node node, Faults faults) {
        this.node = node;
        this.faults = faults;
    }

    /// Its line, counted from 1.
    public int line() {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    /// Notes what is wrong with it.
    public void fault(String what, String cure) {
        faults.add(line(), what, cure);
    }

    /// Whether it is an object.
    public boolean isMap() {
        return node instanceof MappingNode;
    }

    /// Whether it is a list.
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /// Whether it is a single value.
    public boolean isScalar() {
        return node instanceof ScalarNode;
    }

    /// The fields of an object, in their order; none with a fault if it is no object or names one twice.
    public Map<String, Part> fields() {
        var fields = new LinkedHashMap<String, Part>();
        if (!(node instanceof MappingNode map)) {
            fault("an object is wanted here", "write key: value lines");
            return fields;
        }
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                fault("a key must be a plain word", "write it without brackets");
            } else if (fields.put(key.getValue(), new Part(tuple.getValueNode(), faults)) != null) {
                faults.add(
                        key.getStartMark().getLine() + 1,
                        "the key `" + key.getValue() + "` stands here twice",
                        "keep one of them");
            }
        }
        return fields;
    }

    /// The fields, with a fault for each that is none of those.
    public Map<String, Part> fields(Set<String> known) {
        var fields = fields();
        fields.forEach((key, part) -> {
            if (!known.contains(key)) {
                part.fault(
                        "`" + key + "` is not known here",
                        "use " + String.join(", ", known.stream().sorted().toList()));
            }
        });
        return fields;
    }

    /// The items of a list; a single value counts as a list of one.
    public List<Part> items() {
        if (node instanceof SequenceNode list) {
            var items = new ArrayList<Part>(list.getValue().size());
            list.getValue().forEach(each -> items.add(new Part(each, faults)));
            return items;
        }
        if (node instanceof ScalarNode) {
            return List.of(this);
        }
        fault("a list is wanted here", "write [a, b], or lines that begin with -");
        return List.of();
    }

    /// The words of a single value, "" with a fault if it is none.
    public String text() {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        fault("a text is wanted here", "write one, in quotes if it has : or #");
        return "";
    }

    /// A whole number within bounds, the least with a fault if it is none.
    public int number(int least, int most) {
        try {
            int number = Integer.parseInt(text());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of bounds.
        }
        fault("a number is wanted here", "write one from " + least + " to " + most);
        return least;
    }

    /// A length of time such as `120s`.
    public Duration duration(Duration most) {
        var matcher = DURATION.matcher(text());
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            var duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
            if (duration.compareTo(most) <= 0 && duration.isPositive()) {
                return duration;
            }
        }
        fault("a length of time is wanted here", "write 90s or 10m, at most " + most.toSeconds() + "s");
        return most;
    }

    /// The value as plain data: texts, numbers, booleans, lists and maps; null for an empty one.
    public @Nullable Object plain() {
        return switch (node) {
            case MappingNode _ -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                fields().forEach((key, part) -> map.put(key, part.plain()));
                yield map;
            }
            case SequenceNode _ -> {
                var list = new ArrayList<@Nullable Object>();
                items().forEach(item -> list.add(item.plain()));
                yield list;
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> null;
        };
    }

    private @Nullable Object scalar(ScalarNode scalar) {
        String value = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            return null;
        }
        if (scalar.getTag().equals(Tag.BOOL) && (value.equals("true") || value.equals("false"))) {
            return Boolean.valueOf(value);
        }
        if (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT)) {
            try {
                return Figures.read(value);
            } catch (NumberFormatException e) {
                return value;
            } catch (ArithmeticException e) {
                fault(
                        "the number has too many figures",
                        "use at most " + Figures.MOST + " before the point and " + Figures.MOST
                                + " behind it, or put it in quotes");
                return BigDecimal.ZERO;
            }
        }
        return value;
    }
}
