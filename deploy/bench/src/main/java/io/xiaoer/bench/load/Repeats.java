package io.xiaoer.bench.load;

import io.xiaoer.drills.load.Speech;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Questions of the demo shop's FAQ with a name at their end. Of a share of them everybody uses the same few names, so
/// that the cache knows them; the names of the others nobody has used. Without a name the bot would know them word by
/// word out of its own memory, and no cache would be needed.
public final class Repeats implements Speech.Each {
    private static final int ALL = 100;
    /// What names are made of; in none of them is anything that the bot would listen to.
    private static final String OF_NAMES = "安宁静怡欣悦晨曦雨晴雪梅兰竹菊松柏青云逸飞翔宇浩博文彬志远明杰琳";
    private static final int NAME = 6;

    /// Those of the words that everybody uses.
    private static final List<String> SHARED = List.of("安宁静怡欣悦", "晨曦雨晴雪梅", "兰竹菊松柏青", "云逸飞翔宇浩", "博文彬志远明");

    /// Whatever holds one of these may begin a dialog or ask for an order once it is not in the FAQ word by word.
    private static final String OF_ORDERS = "退换取消改订单快递物流包裹发货地址价券票人工客服修催到寄送运赔坏破裂错少漏丢签收投诉拆照差";

    /// With a name at their end the bot answers them with buttons, which it does not cache.
    private static final Set<String> UNSURE = Set.of(
            "可以分期付款吗",
            "忘记密码怎么办",
            "有实体店吗",
            "支持信用卡吗",
            "说明书在哪里看",
            "这个怎么用",
            "一直付不上钱",
            "付不了款",
            "原来的号码不用了",
            "怎么付款",
            "有授权吗",
            "有电子版说明书吗",
            "有质保吗",
            "账号登录不了",
            "预售要等多久");

    /// Those of the FAQ to which no dialog and no order has an answer, and the bot has one of its own.
    private final List<String> plain;

    private final List<String> shared;
    private final Set<String> known;
    /// What somebody is still to ask before the cache knows it.
    private final Deque<String> unasked = new ConcurrentLinkedDeque<>();

    private volatile boolean isTeaching;
    private final AtomicInteger share = new AtomicInteger(ALL);

    private Repeats(List<String> faqs) {
        this.plain = faqs.stream()
                .filter(text -> text.chars().noneMatch(c -> OF_ORDERS.indexOf(c) >= 0))
                .filter(text -> !UNSURE.contains(text))
                .toList();
        this.shared = SHARED.stream()
                .flatMap(name -> plain.stream().map(text -> named(text, name)))
                .toList();
        this.known = Set.copyOf(shared);
    }

    /// The questions in Chinese: a name makes no other language of them.
    public static Repeats ofTheDemoShop() throws IOException {
        return new Repeats(Questions.faqs().stream()
                .filter(text -> text.codePoints()
                        .anyMatch(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN))
                .toList());
    }

    /// From now on so many of 100 questions are in the same words as others'.
    public void share(int ofHundred) {
        share.set(ofHundred);
        isTeaching = false;
    }

    /// From now on each of the words that everybody uses is asked once more, by somebody who has not used them, and
    /// nothing else until a [#share] is told.
    public void teach() {
        unasked.clear();
        unasked.addAll(shared);
        isTeaching = true;
    }

    /// How many words of [#teach] nobody has asked yet.
    public int untaught() {
        return unasked.size();
    }

    /// How many words everybody uses.
    public int repeated() {
        return shared.size();
    }

    private static String named(String text, String name) {
        return text + "，我是" + name;
    }

    /// Whether others ask this in the same words.
    public boolean isRepeated(String text) {
        return known.contains(text);
    }

    @Override
    public Speech of(String shopper, SplittableRandom random) {
        var shuffled = new ArrayList<>(shared);
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        return new Asking(new ArrayDeque<>(shuffled), random);
    }

    /// Each of the known words once, in an order of the shopper's own; of the others there is no end.
    private final class Asking implements Speech {
        private final Deque<String> texts;
        private final SplittableRandom random;

        Asking(Deque<String> texts, SplittableRandom random) {
            this.texts = texts;
            this.random = random;
        }

        @Override
        public @Nullable String next() {
            if (isTeaching) {
                return taught();
            }
            return random.nextInt(ALL) < share.get()
                    ? texts.poll()
                    : named(plain.get(random.nextInt(plain.size())), name());
        }

        private @Nullable String taught() {
            for (var text : unasked) {
                if (texts.contains(text) && unasked.remove(text)) {
                    texts.remove(text);
                    return text;
                }
            }
            return null;
        }

        private String name() {
            var name = new StringBuilder();
            for (var n = 0; n < NAME; n++) {
                name.append(OF_NAMES.charAt(random.nextInt(OF_NAMES.length())));
            }
            return name.toString();
        }
    }
}
