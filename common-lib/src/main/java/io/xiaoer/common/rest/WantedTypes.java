package io.xiaoer.common.rest;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/// The types that a caller takes, by `Accept`. That of a problem says how they want to be told of one:
/// any other answer comes in the form that it is written in, and never bears its name. What they refuse,
/// by `q=0`, the framework would give like anything else: it is left out, and a star stands first for
/// the forms that are not refused.
final class WantedTypes extends HeaderContentNegotiationStrategy {

    private static final List<MediaType> FORMS = List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_XML);

    @Override
    public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        var named = super.resolveMediaTypes(request).stream()
                .map(WantedTypes::plain)
                .toList();
        var refused = named.stream().filter(WantedTypes::isRefused).toList();
        if (refused.isEmpty()) {
            return named;
        }
        var taken = new ArrayList<MediaType>();
        for (var type : named) {
            if (isRefused(type)) {
                continue;
            }
            if (type.isWildcardType() || type.isWildcardSubtype()) {
                FORMS.stream()
                        .filter(form -> type.includes(form) && refused.stream().noneMatch(no -> no.includes(form)))
                        .forEach(form -> taken.add(form.copyQualityValue(type)));
            }
            taken.add(type);
        }
        if (taken.isEmpty()) {
            throw new HttpMediaTypeNotAcceptableException(FORMS);
        }
        return taken;
    }

    private static boolean isRefused(MediaType type) {
        return type.getQualityValue() == 0;
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
