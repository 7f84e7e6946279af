package io.xiaoer.bench.load;

import io.xiaoer.drills.load.Speech;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One shopper's questions in an order of their own, each said once. What begins a dialog is followed by what ends it.
final class ShopperSpeech implements Speech {
    private static final List<String> TAILS = List.of("", "？", "，谢谢", "，急", " ~", "！", "，在吗", "，麻烦了");

    private final int ofFaq;
    private final int ofOrders;
    private final SplittableRandom random;
    private final Deque<String> faqs;
    private final Deque<String> where;
    private final Deque<String> openings;
    private final Deque<String> ends;
    private boolean inDialog;

    /// @param ofFaq of 100 things so many are questions of the FAQ; of the others two of three are about orders
    ShopperSpeech(
            int ofFaq,
            List<String> faqs,
            List<String> where,
            List<String> openings,
            List<String> ends,
            SplittableRandom random) {
        this.ofFaq = ofFaq;
        this.ofOrders = (100 - ofFaq) * 2 / 3;
        this.random = random;
        this.faqs = shuffled(faqs);
        this.where = shuffled(tailed(where));
        this.openings = shuffled(tailed(openings));
        this.ends = shuffled(tailed(ends));
    }

    @Override
    public @Nullable String next() {
        if (inDialog) {
            inDialog = false;
            return ends.poll();
        }
        var dice = random.nextInt(100);
        if (dice >= ofFaq + ofOrders && !openings.isEmpty()) {
            inDialog = true;
            return openings.poll();
        }
        if (dice >= ofFaq && !where.isEmpty()) {
            return where.poll();
        }
        return faqs.poll();
    }

    private Deque<String> shuffled(List<String> texts) {
        var shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        return new ArrayDeque<>(shuffled);
    }

    /// The same with every tail: people say one thing in many ways.
    private static List<String> tailed(List<String> texts) {
        var tailed = new ArrayList<String>();
        texts.forEach(text -> TAILS.forEach(tail -> tailed.add(text + tail)));
        return tailed;
    }
}
