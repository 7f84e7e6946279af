package io.xiaoer.common.rest;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/// The two forms of a body.
public enum WireFormat {
    JSON,
    XML;

    /// Which form a caller wants: the best-liked type of `Accept` that is one of the two; JSON if none is, if any is,
    /// or if the header cannot be read.
    public static WireFormat wanted(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return JSON;
        }
        try {
            var types = new ArrayList<>(MediaType.parseMediaTypes(accept));
            types.removeIf(type -> type.getQualityValue() == 0);
            MimeTypeUtils.sortBySpecificity(types);
            types.sort((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()));
            for (var type : types) {
                if (type.isCompatibleWith(MediaType.APPLICATION_JSON)
                        || type.getSubtype().endsWith("+json")) {
                    return JSON;
                }
                if (isXml(type)) {
                    return XML;
                }
            }
            return JSON;
        } catch (InvalidMediaTypeException e) {
            return JSON;
        }
    }

    private static boolean isXml(MediaType type) {
        return type.isCompatibleWith(MediaType.APPLICATION_XML)
                || type.isCompatibleWith(MediaType.TEXT_XML)
                || type.isCompatibleWith(MediaType.APPLICATION_PROBLEM_XML);
    }
}
