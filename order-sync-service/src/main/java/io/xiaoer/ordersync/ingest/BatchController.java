package io.xiaoer.ordersync.ingest;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Orders in a stream: NDJSON in, NDJSON out. A batch is taken to disk first, so that one with too many lines is
/// refused whole; the same batch may be sent again if a connection breaks.
@RestController
class BatchController {

    static final DataSize LARGEST = DataSize.ofMegabytes(128);

    private static final int AT_ONCE = 8;
    private static final int AT_ONCE_OF_A_SHOP = 2;
    private static final MediaType NDJSON = MediaType.parseMediaType("application/x-ndjson");

    private final BatchIngestion ingestion;
    private final JsonMapper json;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<ShopId, Integer> underWay = new ConcurrentHashMap<>();

    BatchController(BatchIngestion ingestion, JsonMapper json, Clock clock) {
        this.ingestion = ingestion;
        this.json = json;
        this.clock = clock;
    }

    @PostMapping(
            path = "/api/v1/orders/batch",
            consumes = {
                "application/x-ndjson",
                "application/ndjson",
                "application/jsonl",
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.TEXT_PLAIN_VALUE,
                MediaType.APPLICATION_OCTET_STREAM_VALUE
            })
    void take(
            Caller caller,
            @RequestHeader("Content-Type") MediaType type,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var shop = caller.requireShop();
        var charset = Objects.requireNonNullElse(type.getCharset(), StandardCharsets.UTF_8);
        enter(shop);
        try (var body = Spool.of(request.getInputStream(), LARGEST.toBytes())) {
            BatchIngestion.check(reader(body, charset));
            answer(shop, reader(body, charset), response);
        } finally {
            places.release();
            leave(shop);
        }
    }

    /// Takes a place, or tells that there is none: a body may come slowly, and one shop's must not hold up the others'.
    private void enter(ShopId shop) {
        if (underWay.merge(shop, 1, Integer::sum) > AT_ONCE_OF_A_SHOP || !places.tryAcquire()) {
            leave(shop);
            throw new ProblemException(ProblemCode.UNAVAILABLE, "Other batches are under way; send it again later")
                    .header("Retry-After", "2");
        }
    }

    private void leave(ShopId shop) {
        underWay.computeIfPresent(shop, (same, batches) -> batches == 1 ? null : batches - 1);
    }

    private void answer(ShopId shop, Reader body, HttpServletResponse response) throws IOException {
        response.setContentType(NDJSON.toString());
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        var results = new ResultStream(response.getOutputStream(), json, clock);
        ingestion.take(shop, body, results);
        results.finish();
    }

    /// What is not in the charset is left as [BatchIngestion#UNREADABLE], so that the line that it stands in fails
    /// alone.
    private static Reader reader(Spool body, Charset charset) throws IOException {
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(BatchIngestion.UNREADABLE);
        return new InputStreamReader(body.again(), decoder);
    }
}
