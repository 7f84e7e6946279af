package io.xiaoer.common.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/// Ends the reading of a `@RequestBody` that is longer than allowed, for all calls or by [LargestBody]. Controllers
/// that stream (`InputStream`) bound
/// themselves.
@RestControllerAdvice
final class BodyLimitAdvice extends RequestBodyAdviceAdapter {

    private final long limit;

    BodyLimitAdvice(DataSize limit) {
        this.limit = limit.toBytes();
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converterType) {
        return true;
    }

    private long limit(MethodParameter parameter) {
        var own = parameter.getMethodAnnotation(LargestBody.class);
        return own == null ? limit : DataSize.parse(own.value()).toBytes();
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage input,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converterType)
            throws IOException {
        long limit = limit(parameter);
        if (input.getHeaders().getContentLength() > limit) {
            throw new BodyTooLarge(limit);
        }
        var body = new BoundedStream(input.getBody(), limit);
        return new HttpInputMessage() {
            @Override
            public InputStream getBody() {
                return body;
            }

            @Override
            public HttpHeaders getHeaders() {
                return input.getHeaders();
            }
        };
    }

    /// Counts what is read.
    private static final class BoundedStream extends FilterInputStream {

        private final long limit;
        private long taken;

        BoundedStream(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            var read = super.read();
            if (read >= 0) {
                count(1);
            }
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var read = super.read(into, offset, length);
            if (read > 0) {
                count(read);
            }
            return read;
        }

        private void count(int bytes) throws BodyTooLarge {
            taken += bytes;
            if (taken > limit) {
                throw new BodyTooLarge(limit);
            }
        }
    }
}
