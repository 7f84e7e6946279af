package io.xiaoer.ordersync.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// Reads lines of a stream one by one and keeps none: a line longer than the limit is skipped to its end and
/// given as too long. The mark that some editors begin a file with belongs to none.
final class LineReader {

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final Reader source;
    private final int limit;
    private boolean begun;

    /// @param limit characters of a line
    LineReader(Reader source, int limit) {
        this.source = new BufferedReader(source);
        this.limit = limit;
    }

    /// A line of the stream, without its end.
    ///
    /// @param text null if it was too long
    record Line(@Nullable String text) {
        boolean isBlank() {
            return text != null && text.isBlank();
        }
    }

    /// The next line; null at the end.
    @Nullable
    Line next() throws IOException {
        var text = new StringBuilder();
        boolean tooLong = false;
        int read = first();
        if (read < 0) {
            return null;
        }
        for (; read >= 0 && read != '\n'; read = source.read()) {
            if (text.length() == limit) {
                tooLong = true;
            } else {
                text.append((char) read);
            }
        }
        return new Line(tooLong ? null : text.toString());
    }

    private int first() throws IOException {
        int read = source.read();
        boolean marked = !begun && read == BYTE_ORDER_MARK;
        begun = true;
        return marked ? source.read() : read;
    }
}
