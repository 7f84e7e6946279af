package io.xiaoer.common.masking;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Objects;

/// `%m` of the plain log: the sentence and its keys, masked.
public final class MaskedMessageConverter extends ClassicConverter {

    @Override
    public String convert(ILoggingEvent event) {
        var text = new StringBuilder(LogMask.mask(Objects.requireNonNullElse(event.getFormattedMessage(), "")));
        var pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (var pair : pairs) {
                var value = String.valueOf(pair.value);
                text.append(' ')
                        .append(pair.key)
                        .append('=')
                        .append(LogMask.isIdName(pair.key) ? value : LogMask.mask(value));
            }
        }
        return text.toString();
    }
}
