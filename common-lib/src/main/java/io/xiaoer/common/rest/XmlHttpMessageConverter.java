package io.xiaoer.common.rest;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractGenericHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes as XML whatever the JSON mapper can read and write.
final class XmlHttpMessageConverter extends AbstractGenericHttpMessageConverter<Object> {

    private final JsonMapper writer;
    private final JsonMapper reader;

    XmlHttpMessageConverter(JsonMapper mapper) {
        super(MediaType.APPLICATION_XML, MediaType.TEXT_XML);
        this.writer = mapper;
        this.reader = RestJson.forXml(mapper);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return !CharSequence.class.isAssignableFrom(type)
                && !type.equals(byte[].class)
                && !org.springframework.core.io.Resource.class.isAssignableFrom(type);
    }

    @Override
    public boolean canRead(Type type, @Nullable Class<?> contextClass, @Nullable MediaType mediaType) {
        return supports(ResolvableType.forType(type).toClass()) && canRead(mediaType);
    }

    @Override
    public boolean canWrite(@Nullable Type type, Class<?> clazz, @Nullable MediaType mediaType) {
        return supports(clazz) && canWrite(mediaType);
    }

    @Override
    public Object read(Type type, @Nullable Class<?> contextClass, HttpInputMessage input) throws IOException {
        var charset = declaredCharset(input);
        try {
            var tree = XmlTree.read(input.getBody(), charset);
            return reader.treeToValue(tree, reader.getTypeFactory().constructType(type));
        } catch (XmlTree.MalformedXml | JacksonException e) {
            throw new HttpMessageNotReadableException("The XML body cannot be read", e, input);
        }
    }

    /// The charset that the caller declared. The framework fills in its own where none is, which would hide the one
    /// that stands in the document.
    private static @Nullable Charset declaredCharset(HttpInputMessage input) {
        var contentType = input.getHeaders().getContentType();
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes servlet) {
            var declared = servlet.getRequest().getHeader(HttpHeaders.CONTENT_TYPE);
            contentType = declared == null ? null : MediaType.parseMediaType(declared);
        }
        return contentType == null ? null : contentType.getCharset();
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage input) throws IOException {
        return read(type, null, input);
    }

    @Override
    protected void writeInternal(Object value, @Nullable Type type, HttpOutputMessage output) throws IOException {
        output.getHeaders()
                .setContentType(new MediaType(MediaType.APPLICATION_XML, java.nio.charset.StandardCharsets.UTF_8));
        output.getBody().write(XmlTree.write(writer.valueToTree(value)));
    }
}
