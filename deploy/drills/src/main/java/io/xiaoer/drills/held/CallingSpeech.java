package io.xiaoer.drills.held;

import io.xiaoer.drills.load.Speech;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Questions that the bot can answer, whoever holds the session, and in between, once it is time, the wish for a
/// person.
public final class CallingSpeech implements Speech {
    private static final String WISH = "转人工";

    private final List<String> questions;
    private final AtomicBoolean calls = new AtomicBoolean();
    private int asked;

    public CallingSpeech(List<String> questions, SplittableRandom random) {
        var shuffled = new ArrayList<>(questions);
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        this.questions = List.copyOf(shuffled);
    }

    /// The next thing that is said is the wish for a person.
    public void call() {
        calls.set(true);
    }

    @Override
    public @Nullable String next() {
        if (calls.getAndSet(false)) {
            return WISH;
        }
        return asked == questions.size() ? null : questions.get(asked++);
    }
}
