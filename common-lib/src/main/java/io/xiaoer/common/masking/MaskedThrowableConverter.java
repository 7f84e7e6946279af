package io.xiaoer.common.masking;

import ch.qos.logback.classic.spi.IThrowableProxy;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

/// The stack trace of the plain log, masked: exceptions of drivers and parsers like to quote what they choked on.
public final class MaskedThrowableConverter extends ExtendedWhitespaceThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy throwable) {
        return LogMask.mask(super.throwableProxyToString(throwable));
    }
}
