package io.xiaoer.session.backup;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Rows on their way into a part: a line of JSON each, gzipped.
final class PartBuffer {

    /// Of rows before they are gzipped; a part has at most this and a page more.
    private static final int FULL = 4 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final GZIPOutputStream zipped;
    private long written;
    private long rows;

    PartBuffer() {
        try {
            zipped = new GZIPOutputStream(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(List<Map<String, @Nullable Object>> page) {
        try {
            for (var row : page) {
                var line = JSON.toJSONBytes(row, JSONWriter.Feature.WriteMapNullValue);
                zipped.write(line);
                zipped.write('\n');
                written += line.length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows += page.size();
    }

    boolean isFull() {
        return written >= FULL;
    }

    long rows() {
        return rows;
    }

    byte[] finish() {
        try {
            zipped.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// The lines of a part as a stream that unzips as it is read.
    static GZIPInputStream unzipped(byte[] part) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(part));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
