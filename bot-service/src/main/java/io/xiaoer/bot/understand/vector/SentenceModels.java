package io.xiaoer.bot.understand.vector;

import io.xiaoer.bot.words.Language;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/// The models of both languages. One process loads them once, however many hold them; the last one that lets go gives
/// the native memory back.
public final class SentenceModels implements AutoCloseable {

    /// The most pieces of a question that are looked at: what the models were trained with.
    public static final int QUESTION = 512;

    /// The most pieces of a longer text.
    public static final int PASSAGE = 256;

    static final String CHINESE = "bge-small-zh-v1.5";
    static final int CHINESE_HEADS = 8;
    static final String ENGLISH = "bge-small-en-v1.5";
    static final int ENGLISH_HEADS = 12;

    private static final Object LOADING = new Object();
    private static final Map<Language, SentenceModel> LOADED = new EnumMap<>(Language.class);
    private static int holders;

    private final Map<Language, SentenceModel> models;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private SentenceModels(Map<Language, SentenceModel> models) {
        this.models = new EnumMap<>(models);
    }

    /// Loads the models, unless they are.
    ///
    /// @throws java.io.UncheckedIOException if one cannot be loaded
    public static SentenceModels open() {
        synchronized (LOADING) {
            if (holders == 0) {
                try {
                    LOADED.put(Language.ZH, SentenceModel.load(CHINESE, CHINESE_HEADS));
                    LOADED.put(Language.EN, SentenceModel.load(ENGLISH, ENGLISH_HEADS));
                    LOADED.values().forEach(model -> model.vector("1", QUESTION));
                } catch (RuntimeException e) {
                    unload();
                    throw e;
                }
            }
            holders++;
            return new SentenceModels(LOADED);
        }
    }

    /// How many hold the models now.
    static int holders() {
        synchronized (LOADING) {
            return holders;
        }
    }

    /// The vector of a text, packed, by the model of a language.
    ///
    /// @param most pieces that are looked at
    /// @throws IllegalStateException if the models are closed
    public long[] vector(String text, Language language, int most) {
        return Packed.of(Objects.requireNonNull(models.get(language)).vector(text, most));
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            synchronized (LOADING) {
                holders--;
                if (holders == 0) {
                    unload();
                }
            }
        }
    }

    private static void unload() {
        LOADED.values().forEach(SentenceModel::close);
        LOADED.clear();
    }
}
