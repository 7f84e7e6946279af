package io.xiaoer.bot.eval;

import io.xiaoer.bot.faq.CsvRecords;
import io.xiaoer.bot.words.Language;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/// Reads the sets of questions.
final class Sets {

    /// What HINT3 calls a question that is out of scope.
    static final String OUT_OF_SCOPE = "NO_NODES_DETECTED";

    private Sets() {}

    /// A half of the own questions.
    enum Half {
        /// May be looked at, learnt from and tuned on.
        CALIBRATION,
        /// Is measured with, and nothing else.
        TEST
    }

    /// The training questions of BANKING77.
    static List<Labelled> bankingTraining() {
        return twoColumns("banking77/train.csv");
    }

    /// The questions that BANKING77 measures with.
    static List<Labelled> bankingTest() {
        return twoColumns("banking77/test.csv");
    }

    /// The training questions of a bot of HINT3.
    static List<Labelled> hintTraining(String bot) {
        return twoColumns("hint3/" + bot + "_train.csv");
    }

    /// The live questions of a bot of HINT3.
    static List<Labelled> hintTest(String bot) {
        return twoColumns("hint3/" + bot + "_test.csv");
    }

    /// The own questions in a language.
    static List<Labelled> own(Language language, Half half) {
        return rows("own/" + language.tag() + ".csv").stream()
                .filter(row -> row.get(2).equalsIgnoreCase(half.name()))
                .map(row -> new Labelled(row.get(0), List.of(row.get(1).split("\\|"))))
                .toList();
    }

    /// As many questions of each label, drawn by a seed.
    static List<Labelled> someOfEach(List<Labelled> questions, int each, long seed) {
        var shuffled = new ArrayList<>(questions);
        Collections.shuffle(shuffled, new Random(seed));
        var byLabel = new LinkedHashMap<String, List<Labelled>>();
        for (var question : shuffled) {
            var drawn = byLabel.computeIfAbsent(question.label(), label -> new ArrayList<>());
            if (drawn.size() < each) {
                drawn.add(question);
            }
        }
        return byLabel.values().stream().flatMap(List::stream).toList();
    }

    private static List<Labelled> twoColumns(String name) {
        return rows(name).stream()
                .map(row -> new Labelled(row.get(0).strip(), List.of(row.get(1))))
                .toList();
    }

    /// The rows behind the first, which names the columns.
    private static List<List<String>> rows(String name) {
        var records = new CsvRecords(text("/eval/" + name));
        var rows = new ArrayList<List<String>>();
        while (records.hasNext()) {
            var row = records.next();
            if (row.broken()) {
                throw new IllegalStateException(name + ": line " + row.line() + " cannot be read");
            }
            rows.add(row.fields());
        }
        return rows.subList(1, rows.size());
    }

    /// A resource as text.
    static String text(String resource) {
        try (var stream = Sets.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new FileNotFoundException(resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
