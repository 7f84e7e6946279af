package io.xiaoer.drills.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Questions to which the shop was given answers and, once, something that nobody knows an answer to (twice, and a
/// person would be called).
final class DrillSpeech implements Speech {
    private static final int FREE_WITHIN = 20;

    private final String shopper;
    private final List<String> questions;
    private final int freeAt;
    private int said;
    private int asked;

    DrillSpeech(String shopper, List<String> questions, SplittableRandom random) {
        var shuffled = new ArrayList<>(questions);
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        this.shopper = shopper;
        this.questions = List.copyOf(shuffled);
        this.freeAt = random.nextInt(FREE_WITHIN);
    }

    @Override
    public @Nullable String next() {
        var free = said == freeAt;
        if (!free && asked == questions.size()) {
            return null;
        }
        said++;
        return free ? "随便聊聊 " + shopper : questions.get(asked++);
    }
}
