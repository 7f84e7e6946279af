package io.xiaoer.common.words;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Messages that ordinary shoppers send, the same at each run: sentences of `words/benign.txt`, among
/// them many in which a bad word stands by chance, with what the demo shops sell and to whom; and the
/// questions and answers of their FAQ.
final class BenignMessages {

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry(
                    "item",
                    split("保温杯 办公椅 蓝牙耳机 机械键盘 行李箱 电热水壶 扫地机器人 运动鞋 羽绒服 连衣裙 牛仔裤 卫衣 香水 面霜 洗面奶 儿童玩具 积木 拼图 台灯"
                            + " 加湿器 空气炸锅 电饭煲 菜刀 砧板 四件套 枕头 毛毯 窗帘 瑜伽垫 跑步机 自行车头盔 帐篷 睡袋 手电筒 充电宝 手机壳 数据线 平板电脑 笔记本 鼠标 智能手表 相机"
                            + " 三脚架 钢笔 书包 雨伞 墨镜 围巾 手套 袜子 内衣 睡衣 奶粉 尿不湿 猫粮 狗粮 茶叶 咖啡豆 坚果礼盒 牛肉干 毛片刷 羽毛片 消毒湿巾")),
            Map.entry("color", split("黑色 白色 红色 蓝色 绿色 灰色 粉色 米色 卡其色 藏青 酒红 浅黄 橙色 银色 金色 咖色")),
            Map.entry("size", split("S M L XL XXL 36 37 38 39 40 41 42 43 均码")),
            Map.entry("place", split("上海 北京 广州 深圳 杭州 成都 武汉 西安 南京 长沙 沈阳 昆明 拉萨 尼玛县 浦东新区 朝阳区 天河区 大麻镇")),
            Map.entry("name", split("王芳 李强 张伟 刘洋 陈静 杨帆 赵敏 黄磊 周杰 吴婷 徐娜 孙悦 马冰 朱贝贝 尼玛次仁 操晓明")),
            Map.entry("when", split("昨天 前天 上周五 上个月 今天早上 双十一 三天前 国庆 大前天 周末 刚刚")),
            Map.entry("when_en", split("yesterday today tomorrow tonight Monday Friday")),
            Map.entry("carrier", split("顺丰 圆通 中通 韵达 申通 极兔 京东快递 邮政 德邦")),
            Map.entry("color_en", split("black white red blue green grey pink beige navy silver")),
            Map.entry(
                    "place_en",
                    split("Canada Germany Essex Scunthorpe Penistone Sussex Chicago Denver Seattle Japan")));

    private final Random chance;
    private final Map<String, List<String>> sentences = sections();
    private final Map<String, List<String>> values = new LinkedHashMap<>(VALUES);
    private final List<String> faq = new ArrayList<>();

    /// @param seed makes the same messages again
    BenignMessages(long seed) {
        chance = new Random(seed);
        learnOrders();
        for (String shop : List.of("1001", "1002")) {
            for (JSONObject entry : lines("/demo/" + shop + "/faqs.ndjson")) {
                faq.add(entry.getString("question"));
                faq.add(entry.getString("answer"));
                faq.addAll(Objects.requireNonNullElse(entry.getList("similar", String.class), List.of()));
            }
        }
    }

    /// So many different ones.
    List<String> make(int number) {
        var made = new LinkedHashSet<>(faq);
        while (made.size() < number) {
            made.add(one());
        }
        return List.copyOf(made).subList(0, number);
    }

    private String one() {
        int kind = chance.nextInt(10);
        String section = kind < 6 ? "zh" : kind < 7 ? "traditional" : "en";
        String sentence = fill(pick(sentences, section));
        if (section.equals("en")) {
            return sentence;
        }
        String whole = (chance.nextInt(3) == 0 ? pick(sentences, "opening") : "")
                + sentence
                + (chance.nextInt(2) == 0 ? pick(sentences, "closing") : "");
        return switch (chance.nextInt(8)) {
            case 0 -> whole + ' ' + fill(pick(sentences, "zh"));
            case 1 -> whole.replace('，', ' ');
            case 2 -> whole.replace("，", "");
            default -> whole;
        };
    }

    private String fill(String sentence) {
        return PLACE.matcher(sentence)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1).equals("n")
                                ? Integer.toString(1 + chance.nextInt(300))
                                : pick(values, match.group(1))));
    }

    private String pick(Map<String, List<String>> of, String name) {
        var all = Objects.requireNonNull(of.get(name), name);
        return all.get(chance.nextInt(all.size()));
    }

    private void learnOrders() {
        var items = new LinkedHashSet<String>();
        var orders = new LinkedHashSet<String>();
        var names = new LinkedHashSet<String>();
        var phones = new LinkedHashSet<String>();
        var addresses = new LinkedHashSet<String>();
        var parcels = new LinkedHashSet<String>();
        for (JSONObject order : lines("/demo/1001/orders.ndjson")) {
            orders.add(order.getString("order_id"));
            var receiver = order.getJSONObject("receiver");
            names.add(receiver.getString("name"));
            phones.add(receiver.getString("phone"));
            addresses.add(receiver.getString("address"));
            order.getList("items", JSONObject.class).forEach(item -> items.add(item.getString("title")));
            order.getList("shipments", JSONObject.class)
                    .forEach(parcel -> parcels.add(parcel.getString("tracking_no")));
        }
        values.put("order", List.copyOf(orders));
        values.put("name_en", List.copyOf(names));
        values.put("phone", List.copyOf(phones));
        values.put("address", List.copyOf(addresses));
        values.put("address_en", List.copyOf(addresses));
        values.put("item_en", List.copyOf(items));
        values.put("tracking", List.copyOf(parcels));
    }

    private static List<JSONObject> lines(String resource) {
        return read(resource).lines().map(JSON::parseObject).toList();
    }

    private static Map<String, List<String>> sections() {
        var sections = new LinkedHashMap<String, List<String>>();
        List<String> section = new ArrayList<>();
        for (String line : read("/words/benign.txt").split("\n")) {
            if (line.startsWith("[")) {
                section = new ArrayList<>();
                sections.put(line.substring(1, line.length() - 1), section);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                section.add(line);
            }
        }
        return sections;
    }

    private static String read(String resource) {
        try (InputStream in = BenignMessages.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> split(String words) {
        return List.of(words.split(" "));
    }
}
