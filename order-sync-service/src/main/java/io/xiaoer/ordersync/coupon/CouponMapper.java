package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.id.ShopId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The tables `coupon_template` and `coupon`.
@Mapper
interface CouponMapper {
    String TEMPLATE = "shop_id, id, title, value_minor, currency, stock, issued, per_user, valid_from, valid_to,"
            + " created_at, updated_at";

    @Select("SELECT " + TEMPLATE + " FROM coupon_template WHERE shop_id = #{shop} AND id = #{id}")
    @Nullable
    CouponTemplate template(@Param("shop") ShopId shop, @Param("id") String id);

    /// Holds the template until the transaction ends: coupons of one template are given one after the other.
    @Select("SELECT " + TEMPLATE + " FROM coupon_template WHERE shop_id = #{shop} AND id = #{id} FOR UPDATE")
    @Nullable
    CouponTemplate lockTemplate(@Param("shop") ShopId shop, @Param("id") String id);

    @Insert("""
            INSERT INTO coupon_template (shop_id, id, title, value_minor, currency, stock, issued, per_user,
                                         valid_from, valid_to, created_at, updated_at)
            VALUES (#{shopId}, #{id}, #{title}, #{valueMinor}, #{currency}, #{stock}, #{issued}, #{perUser},
                    #{validFrom}, #{validTo}, #{createdAt}, #{updatedAt})""")
    void insertTemplate(CouponTemplate template);

    @Update("""
            UPDATE coupon_template
            SET title = #{title}, value_minor = #{valueMinor}, currency = #{currency}, stock = #{stock},
                per_user = #{perUser}, valid_from = #{validFrom}, valid_to = #{validTo}, updated_at = #{updatedAt}
            WHERE shop_id = #{shopId} AND id = #{id}""")
    boolean updateTemplate(CouponTemplate template);

    /// Takes one from the stock, unless there is none.
    @Update("""
            UPDATE coupon_template SET stock = stock - 1, issued = issued + 1
            WHERE shop_id = #{shop} AND id = #{id} AND stock > 0""")
    boolean takeOne(@Param("shop") ShopId shop, @Param("id") String id);

    @Select("""
            SELECT COUNT(*) FROM coupon
            WHERE shop_id = #{shop} AND user_id = #{user} AND template_id = #{template}""")
    int countOf(@Param("shop") ShopId shop, @Param("user") String user, @Param("template") String template);

    /// How many coupons of these templates a shopper was given after a moment.
    @Select("""
            <script>
            SELECT COUNT(*) FROM coupon
            WHERE shop_id = #{shop} AND user_id = #{user} AND issued_at &gt; #{since}
              AND template_id IN <foreach item="each" collection="templates" open="(" separator="," close=")">#{each}</foreach>
            </script>""")
    int countSince(
            @Param("shop") ShopId shop,
            @Param("user") String user,
            @Param("since") Instant since,
            @Param("templates") Collection<String> templates);

    @Insert("""
            INSERT INTO coupon (shop_id, id, user_id, template_id, command_id, title, value_minor, currency, valid_to,
                                issued_at)
            VALUES (#{shop}, #{id}, #{user}, #{template.id}, #{command}, #{template.title}, #{template.valueMinor},
                    #{template.currency}, #{template.validTo}, #{now})""")
    void insert(
            @Param("shop") ShopId shop,
            @Param("id") String id,
            @Param("user") String user,
            @Param("command") String command,
            @Param("template") CouponTemplate template,
            @Param("now") Instant now);

    /// A row of `coupon` as a shopper's coupons are read.
    record Row(
            String userId,
            String id,
            String templateId,
            String title,
            long valueMinor,
            String currency,
            Instant validTo) {}

    @Select("""
            <script>
            SELECT user_id, id, template_id, title, value_minor, currency, valid_to FROM (
              SELECT user_id, id, template_id, title, value_minor, currency, valid_to,
                     ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY valid_to, id) AS place
              FROM coupon
              WHERE shop_id = #{shop} AND valid_to &gt; #{now} AND user_id IN
              <foreach collection="users" item="user" open="(" separator="," close=")">#{user}</foreach>) ranked
            WHERE place &lt;= #{limit}
            ORDER BY user_id, valid_to, id
            </script>""")
    List<Row> validOf(
            @Param("shop") ShopId shop,
            @Param("users") Collection<String> users,
            @Param("now") Instant now,
            @Param("limit") int limit);
}
