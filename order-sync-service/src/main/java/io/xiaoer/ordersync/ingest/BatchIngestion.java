package io.xiaoer.ordersync.ingest;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.problem.UnreadableBody;
import io.xiaoer.ordersync.order.BrokenRule;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes a stream of orders, a line each, and says of each line what became of it before it reads the next.
/// A line that cannot be taken fails alone. At most [#MOST_LINES] lines of [#LONGEST_LINE] characters; empty
/// lines are counted and skipped.
@Component
class BatchIngestion {

    static final int MOST_LINES = 10_000;
    static final int LONGEST_LINE = 256 * 1024;

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

    void take(ShopId shop, Reader body, Results results) throws IOException {
        var lines = new LineReader(body, LONGEST_LINE);
        int number = 0;
        for (var line = lines.next(); line != null; line = lines.next()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            if (number > MOST_LINES) {
                results.add(LineResult.failed(
                        number,
                        ProblemCode.TOO_LARGE,
                        "A batch has at most " + MOST_LINES + " lines; the rest is not read"));
                return;
            }
            results.add(take(shop, number, line.text()));
        }
    }

    private LineResult take(ShopId shop, int number, @Nullable String text) {
        if (text == null) {
            return LineResult.failed(
                    number, ProblemCode.TOO_LARGE, "A line has at most " + LONGEST_LINE + " characters");
        }
        String id = null;
        try {
            var tree = json.readTree(number == 1 ? withoutMark(text) : text);
            id = id(tree);
            var document = json.treeToValue(tree, OrderDocument.class);
            var change = ingestion.put(shop, document.order(id), document.shipments(), document.afterSales());
            return LineResult.of(number, id, change);
        } catch (ProblemException problem) {
            return LineResult.failed(number, id, problem);
        } catch (BrokenRule broken) {
            return LineResult.failed(number, id, ProblemException.invalid(broken.field(), broken.rule()));
        } catch (JacksonException unreadable) {
            return LineResult.failed(number, id, UnreadableBody.explain(unreadable));
        } catch (RuntimeException unexpected) {
            LOGGER.atError()
                    .setCause(unexpected)
                    .addKeyValue("line", number)
                    .log("Line of a batch failed unexpectedly");
            return LineResult.failed(
                    number,
                    id,
                    new ProblemException(ProblemCode.INTERNAL, "An unexpected failure; it has been logged"));
        }
    }

    /// Some editors begin a file with a byte order mark.
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
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
