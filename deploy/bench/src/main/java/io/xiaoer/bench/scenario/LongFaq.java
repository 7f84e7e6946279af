package io.xiaoer.bench.scenario;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.bench.load.Questions;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Gateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// The shop's FAQ with so many times as many entries, about things that nobody asks for. Once this is closed, or the
/// bench is interrupted, it is as it was.
final class LongFaq implements AutoCloseable {
    private static final List<String> THINGS = List.of(
            "保温杯", "台灯", "雨伞", "枕头", "毛巾", "拖鞋", "书架", "砧板", "花瓶", "窗帘", "地毯", "水壶", "饭盒", "闹钟", "镜子", "衣架", "抱枕", "烛台",
            "凉席", "蚊帐", "围裙", "手套", "帽子", "围巾", "背包", "钱包", "相框", "风扇", "电饭煲", "烤箱", "吹风机", "加湿器", "体重秤");
    private static final List<String> QUALITIES = List.of(
            "材质", "尺寸", "颜色", "产地", "重量", "容量", "厚度", "手感", "气味", "噪音", "功率", "续航", "防水等级", "清洗方法", "保养方法", "存放条件",
            "适用年龄", "适用季节", "安装方法", "充电时间", "使用寿命", "耐热温度", "承重", "折叠方式", "图案", "款式", "做工", "透气程度", "安全标准", "设计理念");
    private static final String FAQS = "/api/v1/faqs/";

    private final Stand stand;
    private final List<JSONObject> entries;
    private final Gateway gateway;
    private final Calls calls;
    private final Restoring end;
    private volatile boolean isLong;

    /// @param times how long it is to be, of what the demo shop's is
    LongFaq(Stand stand, int times) throws IOException {
        this.stand = stand;
        this.entries = entries((times - 1) * Questions.entriesOfTheDemoShop());
        this.gateway = new Gateway(stand.suite().gateway());
        this.calls = new Calls(gateway);
        this.end = new Restoring("faq-as-it-was", this::restore, this::tell);
    }

    /// No two are alike.
    static List<JSONObject> entries(int count) {
        if (count > THINGS.size() * QUALITIES.size()) {
            throw new IllegalArgumentException("There is not that much to tell: " + count);
        }
        var entries = new ArrayList<JSONObject>();
        for (var n = 0; n < count; n++) {
            var thing = THINGS.get(n % THINGS.size());
            var quality = QUALITIES.get(n / THINGS.size());
            entries.add(JSONObject.of("id", "bench-growth-" + n, "question", "%s的%s是怎样的".formatted(thing, quality))
                    .fluentPut("similar", List.of("想了解%s的%s".formatted(thing, quality)))
                    .fluentPut("answer", "%s的%s写在商品页上。".formatted(thing, quality))
                    .fluentPut("locale", "zh"));
        }
        return entries;
    }

    /// How many entries it has besides, while it is long.
    int count() {
        return entries.size();
    }

    /// Takes away what a bench that was killed has left.
    void clearLeftovers() throws IOException, InterruptedException {
        if (calls.delete(FAQS + entries.getLast().getString("id"), stand.merchant())) {
            isLong = true;
            shorten();
        }
    }

    /// Returns when the bot has learnt it.
    void lengthen() throws IOException, InterruptedException {
        try (var watch =
                stand.progress().watch(() -> "growth: the shop's FAQ gets %d entries more".formatted(count()))) {
            teach(stand.merchant());
            calls.awaitLearnt(stand.merchant(), entries.getLast().getString("question"), true);
        }
    }

    private synchronized void teach(String merchant) throws IOException {
        isLong = true;
        var lines = new StringBuilder();
        entries.forEach(entry -> lines.append(entry).append('\n'));
        var taught = calls.expect("POST", FAQS + "import", merchant, lines.toString(), "teaching the shop");
        if (taught.meta().getIntValue("failed") > 0) {
            throw new IOException("teaching the shop: " + taught.text());
        }
    }

    /// Returns when the bot has forgotten what was more.
    void shorten() throws IOException, InterruptedException {
        try (var watch = stand.progress().watch(() -> "growth: the shop's FAQ loses %d entries".formatted(count()))) {
            unteach();
            calls.awaitLearnt(stand.merchant(), entries.getLast().getString("question"), false);
        }
    }

    private synchronized void unteach() throws IOException, InterruptedException {
        if (isLong) {
            var merchant = stand.merchant();
            var deleting = new ArrayList<Callable<Boolean>>();
            entries.forEach(entry -> deleting.add(() -> calls.delete(FAQS + entry.getString("id"), merchant)));
            Calls.inParallel(deleting);
            isLong = false;
        }
    }

    private void restore() throws IOException, InterruptedException {
        try {
            unteach();
        } finally {
            gateway.close();
        }
    }

    private void tell(Exception failure) {
        System.err.printf(
                "Shop %s may keep entries of its FAQ, %s to %s: %s%n",
                stand.shop(),
                entries.getFirst().getString("id"),
                entries.getLast().getString("id"),
                failure);
    }

    @Override
    public void close() {
        end.close();
    }
}
