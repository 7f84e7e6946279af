package io.xiaoer.ordersync.ingest;

import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/// A body on disk, to be read more than once. Its file has no name any more once it is open, so that its room is free
/// again when it is closed or the process dies.
final class Spool implements Closeable {
    private static final int PIECE = 64 * 1024;

    private final FileChannel file;

    private Spool(FileChannel file) {
        this.file = file;
    }

    /// Takes the whole body.
    ///
    /// @throws ProblemException `too_large` if it has more bytes than that
    static Spool of(InputStream body, long most) throws IOException {
        var path = Files.createTempFile("xiaoer-batch-", null);
        var spool = new Spool(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        try {
            Files.delete(path);
            spool.take(body, most);
            return spool;
        } catch (IOException | RuntimeException failure) {
            spool.close();
            throw failure;
        }
    }

    private void take(InputStream body, long most) throws IOException {
        var piece = new byte[PIECE];
        long taken = 0;
        for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
            taken += read;
            if (taken > most) {
                throw new ProblemException(
                        ProblemCode.TOO_LARGE, "A batch has at most " + most + " bytes; nothing of this one was taken");
            }
            var bytes = ByteBuffer.wrap(piece, 0, read);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }

    /// The body from its beginning; one reader at a time.
    InputStream again() throws IOException {
        file.position(0);
        return Channels.newInputStream(file);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
