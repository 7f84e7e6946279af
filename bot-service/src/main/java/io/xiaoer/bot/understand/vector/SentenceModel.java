package io.xiaoer.bot.understand.vector;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.Channels;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// One model: makes a vector of length one from a text, the model's state at the start piece. Runs on the calling
/// thread, one text a call, several callers at once. Holds native memory until it is closed; closing waits for
/// callers.
final class SentenceModel implements AutoCloseable {

    private final WordPiece words;
    private final OrtEnvironment environment;
    private final OrtSession.SessionOptions options;
    private final OrtSession session;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    private SentenceModel(WordPiece words, ByteBuffer model) throws OrtException {
        this.words = words;
        this.environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "xiaoer");
        this.options = options();
        this.session = environment.createSession(model, options);
    }

    private static OrtSession.SessionOptions options() throws OrtException {
        var options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        options.setCPUArenaAllocator(false);
        options.setMemoryPatternOptimization(false);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        return options;
    }

    /// Loads a model from resources and writes it anew, as a [LeanModel]: with all its layers, or those of its
    /// [Student] if there is one.
    ///
    /// @param name of the resources, without their endings
    /// @param heads of its attention
    /// @throws UncheckedIOException if there is no such model, or none that can be run
    static SentenceModel load(String name, int heads) {
        try (InputStream vocabulary = resource(name + "-q-tokenizer.json").getInputStream();
                Arena memory = Arena.ofConfined()) {
            return new SentenceModel(WordPiece.read(vocabulary), lean(name, heads, memory));
        } catch (OrtException e) {
            throw new UncheckedIOException(new IOException("the model " + name + " cannot be run", e));
        } catch (IOException e) {
            throw new UncheckedIOException("the model " + name + " cannot be read", e);
        }
    }

    private static ByteBuffer lean(String name, int heads, Arena memory) throws IOException {
        try (Arena shipped = Arena.ofConfined()) {
            var file = read(resource(name + "-q.onnx"), shipped);
            var model = OnnxFile.read(file);
            try (InputStream student = SentenceModel.class.getResourceAsStream(Student.resource(name))) {
                var layers = student == null ? LeanModel.layers(model) : Student.correct(file, model, student);
                return LeanModel.of(model, heads, layers, memory);
            }
        }
    }

    static URLConnection resource(String name) throws IOException {
        URL found = SentenceModel.class.getResource("/" + name);
        if (found == null) {
            throw new FileNotFoundException(name);
        }
        return found.openConnection();
    }

    /// Reads outside the heap, which would keep the room that it takes for a moment.
    static ByteBuffer read(URLConnection model, Arena memory) throws IOException {
        var bytes = memory.allocate(model.getContentLengthLong()).asByteBuffer();
        try (var channel = Channels.newChannel(model.getInputStream())) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new EOFException(model.getURL().getFile());
                }
            }
        }
        return bytes.flip();
    }

    /// The vector of a text.
    ///
    /// @param most pieces that are looked at
    /// @throws IllegalStateException if the model is closed
    float[] vector(String text, int most) {
        int[] pieces = words.cut(text, most);
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            return run(pieces);
        } catch (OrtException e) {
            throw new IllegalStateException("a text could not be embedded", e);
        } finally {
            use.readLock().unlock();
        }
    }

    private float[] run(int[] pieces) throws OrtException {
        var numbers = new long[pieces.length];
        for (int i = 0; i < pieces.length; i++) {
            numbers[i] = pieces[i];
        }
        try (var tensor =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(numbers), new long[] {1, numbers.length});
                var result = session.run(Map.of(LeanModel.PIECES, tensor))) {
            var state = (OnnxTensor) result.get(0);
            return ofLengthOne(state.getFloatBuffer(), (int) state.getInfo().getShape()[2]);
        }
    }

    private static float[] ofLengthOne(FloatBuffer state, int dimensions) {
        var vector = new float[dimensions];
        state.get(vector);
        double square = 0;
        for (float each : vector) {
            square += (double) each * each;
        }
        float scale = (float) (1 / Math.max(Math.sqrt(square), 1e-12));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= scale;
        }
        return vector;
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
                options.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("a model could not be closed", e);
        } finally {
            use.writeLock().unlock();
        }
    }
}
