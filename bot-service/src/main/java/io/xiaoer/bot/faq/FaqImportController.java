package io.xiaoer.bot.faq;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.BodyText;
import io.xiaoer.common.rest.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Takes a whole FAQ as CSV or NDJSON. Each line is an entry for itself: a bad one fails alone. Good lines are
/// written in steps, so that a large import never holds the shop's lock for long.
///
/// An import is held in memory as a whole, so an instance takes [#AT_ONCE] at a time and reads of no other.
@RestController
@RequestMapping("/api/v1/faqs/import")
class FaqImportController {

    static final int MAX_BYTES = 16 << 20;
    static final int MAX_LINES = 10_000;

    /// The most imports under way in an instance.
    static final int AT_ONCE = 2;

    private static final int STEP = 200;
    private static final Charset CHINESE = Charset.forName("GB18030");
    private static final Logger LOGGER = LoggerFactory.getLogger(FaqImportController.class);

    private final FaqStore store;
    private final FaqCopies copies;
    private final FaqMeters meters;
    private final Semaphore room = new Semaphore(AT_ONCE);

    FaqImportController(FaqStore store, FaqCopies copies, FaqMeters meters) {
        this.store = store;
        this.copies = copies;
        this.meters = meters;
        meters.watchImports(() -> AT_ONCE - room.availablePermits());
    }

    /// What became of a line.
    ///
    /// @param status `created`, `updated` or `failed`
    /// @param code why it failed
    record LineResult(
            int line,
            String status,
            @Nullable String code,
            @Nullable List<InvalidFaq.Fault> errors) {}

    @PostMapping(consumes = {"text/csv", "application/csv"})
    Answer<List<Resource<LineResult>>> csv(
            Caller caller, @RequestHeader("Content-Type") MediaType type, InputStream body) throws IOException {
        return imported(caller.requireShop(), type, body, FaqLines::csv);
    }

    @PostMapping(consumes = {"application/x-ndjson", "application/ndjson", "application/jsonl"})
    Answer<List<Resource<LineResult>>> ndjson(
            Caller caller, @RequestHeader("Content-Type") MediaType type, InputStream body) throws IOException {
        return imported(caller.requireShop(), type, body, FaqLines::ndjson);
    }

    /// Reads lines of a text, no more than so many.
    private interface Reader {
        List<FaqLines.Line> lines(String text, int most);
    }

    private Answer<List<Resource<LineResult>>> imported(ShopId shop, MediaType type, InputStream body, Reader reader)
            throws IOException {
        if (!room.tryAcquire()) {
            meters.importRefused();
            throw new ProblemException(ProblemCode.UNAVAILABLE, "other imports are under way")
                    .header("Retry-After", "5");
        }
        try {
            return imported(shop, reader.lines(text(type, body), MAX_LINES + 1));
        } catch (FaqLines.NoHeader e) {
            throw new ProblemException(ProblemCode.MALFORMED, Objects.requireNonNull(e.getMessage()));
        } finally {
            room.release();
        }
    }

    private static String text(MediaType type, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new ProblemException(ProblemCode.TOO_LARGE, "an import may have 16 MiB");
        }
        Charset charset = type.getCharset();
        return charset == null ? undeclared(bytes) : BodyText.of(bytes, charset);
    }

    /// What a spreadsheet in China saves without a word is GBK, or begins with a mark; all else is UTF-8.
    private static String undeclared(byte[] bytes) {
        if (bytes.length > 1
                && ((bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE
                        || (bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, CHINESE);
        }
    }

    private Answer<List<Resource<LineResult>>> imported(ShopId shop, List<FaqLines.Line> lines) {
        if (lines.size() > MAX_LINES) {
            throw new ProblemException(ProblemCode.TOO_LARGE, "an import may have " + MAX_LINES + " lines");
        }
        var results = new TreeMap<Integer, Resource<LineResult>>();
        var lineOf = new HashMap<String, Integer>();
        var good = new ArrayList<FaqLines.Line.Good>(STEP);
        for (FaqLines.Line line : lines) {
            switch (line) {
                case FaqLines.Line.Bad bad ->
                    results.put(
                            bad.number(),
                            failed(bad.number(), Objects.requireNonNullElse(bad.id(), ""), bad.code(), bad.faults()));
                case FaqLines.Line.Good fine -> {
                    Integer before = lineOf.putIfAbsent(fine.draft().id(), fine.number());
                    if (before == null) {
                        good.add(fine);
                    } else {
                        results.put(fine.number(), twice(fine, before));
                    }
                }
            }
            if (good.size() == STEP) {
                write(shop, good, results);
                good.clear();
            }
        }
        write(shop, good, results);
        copies.refresh(shop);
        long failed = results.values().stream()
                .filter(result -> result.attributes().status().equals("failed"))
                .count();
        return Answer.of(List.copyOf(results.values()))
                .meta("lines", results.size())
                .meta("failed", failed);
    }

    private void write(ShopId shop, List<FaqLines.Line.Good> step, TreeMap<Integer, Resource<LineResult>> results) {
        if (step.isEmpty()) {
            return;
        }
        try {
            var puts =
                    store.put(shop, step.stream().map(FaqLines.Line.Good::draft).toList());
            for (int i = 0; i < step.size(); i++) {
                var put = puts.get(i);
                int number = step.get(i).number();
                String status = put.created() ? "created" : "updated";
                results.put(
                        number,
                        new Resource<>(put.entry().id(), "faq_line", new LineResult(number, status, null, null)));
            }
        } catch (FaqStore.Full e) {
            // What is there already may still be changed, and there may be room for some of what is new.
            var fitting = new ArrayList<>(step);
            fitting.removeIf(line -> e.tooMany().contains(line.draft().id()));
            var tooMany = new ArrayList<>(step);
            tooMany.removeAll(fitting);
            fail(tooMany, results, "conflict", Objects.requireNonNull(e.getMessage()));
            write(shop, fitting, results);
        } catch (DataAccessException | TransactionException e) {
            LOGGER.atWarn().setCause(e).log("A step of an import was not written");
            fail(step, results, "unavailable", "could not be written at the moment");
        }
    }

    private static void fail(
            List<FaqLines.Line.Good> step, TreeMap<Integer, Resource<LineResult>> results, String code, String reason) {
        for (var line : step) {
            var faults = List.of(new InvalidFaq.Fault("line", reason));
            results.put(line.number(), failed(line.number(), line.draft().id(), code, faults));
        }
    }

    /// Which of two lines is meant nobody can say; the first stands.
    private static Resource<LineResult> twice(FaqLines.Line.Good line, int before) {
        var fault = new InvalidFaq.Fault("id", "stands in line " + before + " too");
        return failed(line.number(), line.draft().id(), "conflict", List.of(fault));
    }

    private static Resource<LineResult> failed(int number, String id, String code, List<InvalidFaq.Fault> faults) {
        return new Resource<>(id, "faq_line", new LineResult(number, "failed", code, faults));
    }
}
