package io.xiaoer.common.rest;

import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/// The types that a caller takes, by `Accept`. That of a problem says how they want to be told of one:
/// any other answer comes in the form that it is written in, and never bears its name.
final class WantedTypes extends HeaderContentNegotiationStrategy {

    @Override
    public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        return super.resolveMediaTypes(request).stream().map(WantedTypes::plain).toList();
    }

    private static MediaType plain(MediaType type) {
        if (type.equalsTypeAndSubtype(MediaType.APPLICATION_PROBLEM_JSON)) {
            return new MediaType(MediaType.APPLICATION_JSON, type.getParameters());
        }
        return type.equalsTypeAndSubtype(MediaType.APPLICATION_PROBLEM_XML)
                ? new MediaType(MediaType.APPLICATION_XML, type.getParameters())
                : type;
    }
}
