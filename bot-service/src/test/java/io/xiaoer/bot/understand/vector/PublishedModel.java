package io.xiaoer.bot.understand.vector;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/// A sentence model as it was published: its own graph, nothing written anew. What bot-service runs is measured by it.
public final class PublishedModel implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final WordPiece words;
    private final OrtSession session;

    private PublishedModel(String name) throws OrtException, IOException {
        try (var vocabulary = SentenceModel.resource(name + "-q-tokenizer.json").getInputStream();
                var options = new OrtSession.SessionOptions();
                var memory = Arena.ofConfined()) {
            words = WordPiece.read(vocabulary);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addConfigEntry("session.inter_op.allow_spinning", "0");
            var file = SentenceModel.read(SentenceModel.resource(name + "-q.onnx"), memory);
            session = environment.createSession(file, options);
        }
    }

    /// The Chinese one.
    public static PublishedModel chinese() {
        return open(SentenceModels.CHINESE);
    }

    static PublishedModel open(String name) {
        try {
            return new PublishedModel(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("the model cannot be run", e);
        }
    }

    /// The state at the start piece of a text, of whatever length.
    public float[] state(String text) {
        int[] pieces = words.cut(text, SentenceModels.QUESTION);
        var ones = new long[pieces.length];
        Arrays.fill(ones, 1);
        try (var ids = tensor(Arrays.stream(pieces).asLongStream().toArray());
                var mask = tensor(ones);
                var types = tensor(new long[pieces.length]);
                var result = session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            var states = (OnnxTensor) result.get(0);
            var first = new float[(int) states.getInfo().getShape()[2]];
            states.getFloatBuffer().get(first);
            return first;
        } catch (OrtException e) {
            throw new IllegalStateException("a text could not be embedded", e);
        }
    }

    private OnnxTensor tensor(long[] numbers) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(numbers), new long[] {1, numbers.length});
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a model could not be closed", e);
        }
    }
}
