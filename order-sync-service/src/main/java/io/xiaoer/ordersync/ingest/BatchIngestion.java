package io.xiaoer.ordersync.ingest;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.problem.UnreadableBody;
import io.xiaoer.ordersync.ingest.Ingestion.Told;
import io.xiaoer.ordersync.order.BrokenRule;
import io.xiaoer.ordersync.order.Change;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes a stream of orders, a line each, and says of each line what became of it.
///
/// Lines are taken together, up to [#AT_ONCE], in one transaction, which saves most of the time of a long file. If the
/// database refuses them together each is taken by itself, so that a
/// line that cannot be taken fails alone. At most [#MOST_LINES] lines of [#LONGEST_LINE] characters; empty
/// lines are skipped, and only the numbers of the lines behind them tell of them.
@Component
class BatchIngestion {

    static final int MOST_LINES = 10_000;
    static final int LONGEST_LINE = 256 * 1024;
    static final int AT_ONCE = 50;

    /// Stands where bytes were none of the charset; it is no character, so no text has it.
    static final String UNREADABLE = "\uFFFF";

    private static final int MOST_CHARACTERS = 1024 * 1024;

    private static final Logger LOGGER = LoggerFactory.getLogger(BatchIngestion.class);

    private final Ingestion ingestion;
    private final JsonMapper json;

    BatchIngestion(Ingestion ingestion, JsonMapper json) {
        this.ingestion = ingestion;
        this.json = json;
    }

    /// Takes the result of a line.
    @FunctionalInterface
    interface Results {
        void add(LineResult result) throws IOException;
    }

    /// Whether there are no more lines than may be: a batch with more is refused before any of it is taken.
    ///
    /// @throws ProblemException `too_large`
    static void check(Reader body) throws IOException {
        var lines = new LineReader(body, LONGEST_LINE);
        int full = 0;
        for (var line = lines.next(); line != null; line = lines.next()) {
            full += line.isBlank() ? 0 : 1;
            if (full > MOST_LINES) {
                throw new ProblemException(
                        ProblemCode.TOO_LARGE,
                        "A batch has at most " + MOST_LINES + " lines; nothing of this one was taken");
            }
        }
    }

    /// @param body that was checked
    void take(ShopId shop, Reader body, Results results) throws IOException {
        var lines = new LineReader(body, LONGEST_LINE);
        var chunk = new ArrayList<Line>();
        int characters = 0;
        int number = 0;
        for (var line = lines.next(); line != null; line = lines.next()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            chunk.add(read(number, line.text()));
            characters += line.text() == null ? 0 : line.text().length();
            if (chunk.size() == AT_ONCE || characters >= MOST_CHARACTERS) {
                take(shop, chunk, results);
                chunk.clear();
                characters = 0;
            }
        }
        take(shop, chunk, results);
    }

    /// A line that was read: what it tells, or why it cannot be taken.
    private record Line(
            int number,
            @Nullable String id,
            @Nullable Told told,
            @Nullable LineResult refusal) {}

    private Line read(int number, @Nullable String text) {
        if (text == null) {
            return new Line(
                    number,
                    null,
                    null,
                    LineResult.failed(
                            number, ProblemCode.TOO_LARGE, "A line has at most " + LONGEST_LINE + " characters"));
        }
        if (text.contains(UNREADABLE)) {
            return new Line(
                    number,
                    null,
                    null,
                    LineResult.failed(
                            number,
                            ProblemCode.MALFORMED,
                            "The line is not in the charset that the body is said to be in"));
        }
        String id = null;
        try {
            var tree = json.readTree(text);
            id = id(tree);
            var document = json.treeToValue(tree, OrderDocument.class);
            var told = ingestion.checked(document.order(id), document.shipments(), document.afterSales());
            return new Line(number, id, told, null);
        } catch (RuntimeException failure) {
            return new Line(number, id, null, refusal(number, id, failure));
        }
    }

    private void take(ShopId shop, List<Line> chunk, Results results) throws IOException {
        var told = chunk.stream().map(Line::told).filter(Objects::nonNull).toList();
        var together = together(shop, told);
        int next = 0;
        for (var line : chunk) {
            if (line.refusal() != null) {
                results.add(line.refusal());
            } else if (together == null) {
                results.add(alone(shop, line));
            } else {
                results.add(LineResult.of(line.number(), Objects.requireNonNull(line.id()), together.get(next++)));
            }
        }
    }

    /// What became of each; null if they could not be taken together, and none of them was.
    private @Nullable List<Change> together(ShopId shop, List<Told> told) {
        if (told.size() < 2) {
            return null;
        }
        try {
            return ingestion.putTogether(shop, told);
        } catch (RuntimeException eachByItself) {
            LOGGER.atDebug()
                    .addKeyValue("reason", eachByItself.getClass().getSimpleName())
                    .log("Lines of a batch are taken one by one");
            return null;
        }
    }

    private LineResult alone(ShopId shop, Line line) {
        try {
            var change = ingestion.put(shop, Objects.requireNonNull(line.told()));
            return LineResult.of(line.number(), Objects.requireNonNull(line.id()), change);
        } catch (RuntimeException failure) {
            return refusal(line.number(), line.id(), failure);
        }
    }

    private static LineResult refusal(int number, @Nullable String id, RuntimeException failure) {
        return switch (failure) {
            case ProblemException problem -> LineResult.failed(number, id, problem);
            case BrokenRule broken ->
                LineResult.failed(number, id, ProblemException.invalid(broken.field(), broken.rule()));
            case StreamReadException unreadable -> LineResult.failed(number, id, notWellFormed(unreadable));
            case JacksonException unreadable -> LineResult.failed(number, id, UnreadableBody.explain(unreadable));
            default -> {
                LOGGER.atError()
                        .setCause(failure)
                        .addKeyValue("line", number)
                        .log("Line of a batch failed unexpectedly");
                yield LineResult.failed(
                        number,
                        id,
                        new ProblemException(ProblemCode.INTERNAL, "An unexpected failure; it has been logged"));
            }
        };
    }

    /// Each line is read by itself: to its reader it is the first, whatever its number.
    private static ProblemException notWellFormed(StreamReadException unreadable) {
        var at = unreadable.getLocation();
        return new ProblemException(
                ProblemCode.MALFORMED,
                "The line is not well-formed" + (at == null ? "" : " at column " + at.getColumnNr()));
    }

    private static String id(JsonNode tree) {
        if (!tree.isObject()) {
            throw new ProblemException(ProblemCode.MALFORMED, "A line must be a JSON object");
        }
        var id = tree.get("order_id");
        if (id == null || !id.isString()) {
            throw ProblemException.invalid("order_id", "is required");
        }
        return id.asString();
    }
}
