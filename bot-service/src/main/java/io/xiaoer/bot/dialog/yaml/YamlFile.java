package io.xiaoer.bot.dialog.yaml;

import java.io.StringReader;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.representer.Representer;

/// Reads a YAML file of one document without anchors and tags, in bounded time and space.
public final class YamlFile {

    /// The most characters of a file.
    public static final int MAX_CHARACTERS = 256 * 1024;

    /// The most lists and objects within one another.
    static final int MAX_DEPTH = 24;

    /// The most values of a file.
    static final int MAX_VALUES = 20_000;

    private YamlFile() {}

    /// The root of a file.
    ///
    /// @param faults takes what is wrong with its parts later on
    /// @throws InvalidFile if it is no YAML, or more than one may read
    public static Part read(String file, String text, Faults faults) throws InvalidFile {
        if (text.length() > MAX_CHARACTERS) {
            faults.add(1, "the file is too large", "use at most " + MAX_CHARACTERS + " characters");
            faults.check();
        }
        try {
            scan(text, faults);
            faults.check();
            Node root = yaml().compose(new StringReader(text));
            if (root == null) {
                faults.add(1, "the file is empty", "write at least one key");
                faults.check();
            }
            return new Part(root, faults);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            faults.add(
                    mark == null ? 1 : mark.getLine() + 1,
                    "this is no YAML: " + e.getProblem(),
                    "check indentation, brackets and quotes here: a text with ? : or , in braces wants quotes");
        } catch (YAMLException | StackOverflowError e) {
            faults.add(1, "this is no YAML that can be read", "check its characters and its nesting");
        }
        throw new InvalidFile(faults.all());
    }

    /// Looks at the file as a stream, so that nothing is built of what is refused.
    private static void scan(String text, Faults faults) {
        int depth = 0;
        int values = 0;
        int documents = 0;
        for (Event event : yaml().parse(new StringReader(text))) {
            int line = event.getStartMark() == null ? 1 : event.getStartMark().getLine() + 1;
            if (event instanceof AliasEvent || event instanceof NodeEvent node && node.getAnchor() != null) {
                faults.add(line, "anchors and aliases are not allowed", "write the value out at each place");
                return;
            }
            if (hasTag(event)) {
                faults.add(line, "tags are not allowed", "leave out what begins with !, or put it in quotes");
                return;
            }
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                faults.add(line, "the file has several documents", "put each flow into a file of its own");
                return;
            }
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event.is(Event.ID.MappingEnd) || event.is(Event.ID.SequenceEnd)) {
                depth--;
            }
            if (depth > MAX_DEPTH) {
                faults.add(line, "the file is nested too deeply", "use at most " + MAX_DEPTH + " levels");
                return;
            }
            if (event instanceof NodeEvent && ++values > MAX_VALUES) {
                faults.add(line, "the file has too many values", "use at most " + MAX_VALUES);
                return;
            }
        }
    }

    private static boolean hasTag(Event event) {
        return event instanceof ScalarEvent scalar && scalar.getTag() != null
                || event instanceof CollectionStartEvent start && start.getTag() != null;
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(MAX_DEPTH + 8);
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setProcessComments(false);
        return new Yaml(
                new SafeConstructor(options), new Representer(new DumperOptions()), new DumperOptions(), options);
    }
}
