package io.xiaoer.ordersync.ingest;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Orders in a stream: NDJSON in, NDJSON out. What was read before a connection broke is kept; the same batch
/// may be sent again.
@RestController
class BatchController {

    private static final MediaType NDJSON = MediaType.parseMediaType("application/x-ndjson");

    private final BatchIngestion ingestion;
    private final JsonMapper json;
    private final Clock clock;

    BatchController(BatchIngestion ingestion, JsonMapper json, Clock clock) {
        this.ingestion = ingestion;
        this.json = json;
        this.clock = clock;
    }

    @PostMapping("/api/v1/orders/batch")
    void take(Caller caller, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var shop = caller.requireShop();
        var body = new InputStreamReader(request.getInputStream(), charset(request.getCharacterEncoding()));
        response.setContentType(NDJSON.toString());
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        var results = new ResultStream(response.getOutputStream(), json, clock);
        ingestion.take(shop, body, results);
        results.finish();
    }

    private static Charset charset(@Nullable String declared) {
        try {
            return declared == null ? StandardCharsets.UTF_8 : Charset.forName(declared);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The charset is not known", unknown);
        }
    }
}
