package io.xiaoer.common.rest;

import io.xiaoer.common.request.CallAttribute;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/// Puts `meta.request_id` into every [Answer], also when another thread finished it.
@RestControllerAdvice
final class AnswerAdvice implements ResponseBodyAdvice<Object> {

    @Override
    public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returnType,
            MediaType selected,
            Class<? extends HttpMessageConverter<?>> converterType,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!(body instanceof Answer<?> answer) || !(request instanceof ServletServerHttpRequest servlet)) {
            return body;
        }
        var meta = new LinkedHashMap<String, Object>();
        var requestId = CallAttribute.requestId(servlet.getServletRequest());
        if (requestId != null) {
            meta.put("request_id", requestId);
        }
        meta.putAll(answer.meta());
        return new Answer<>(answer.data(), answer.included(), meta);
    }
}
