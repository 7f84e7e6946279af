package io.xiaoer.compensation.webhook;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.resealing.OlderKey;
import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The tables `webhook` and `webhook_secret` as a shop may touch them.
@Mapper
interface WebhookMapper {
    String COLUMNS = "shop_id, id, url, events, status, reason, paused_until, created_at";

    @Select("SELECT " + COLUMNS + " FROM webhook WHERE shop_id = #{shop} AND id = #{id} AND status <> 'DELETED'")
    @Nullable
    Webhook find(@Param("shop") ShopId shop, @Param("id") String id);

    @Select("SELECT " + COLUMNS + " FROM webhook WHERE shop_id = #{shop} AND status <> 'DELETED'"
            + " AND id < #{before} ORDER BY id DESC LIMIT #{limit}")
    List<Webhook> list(@Param("shop") ShopId shop, @Param("before") long before, @Param("limit") int limit);

    @Select("SELECT COUNT(*) FROM webhook WHERE shop_id = #{shop} AND status <> 'DELETED'")
    int count(@Param("shop") ShopId shop);

    /// What was made under a key after that moment. A shop has few endpoints: they are looked through.
    @Select("SELECT " + COLUMNS + " FROM webhook WHERE shop_id = #{shop} AND request_key = #{key}"
            + " AND status <> 'DELETED' AND created_at > #{after} ORDER BY id DESC LIMIT 1")
    @Nullable
    Webhook madeUnder(@Param("shop") ShopId shop, @Param("key") byte[] key, @Param("after") Instant after);

    @Insert("INSERT INTO webhook (shop_id, id, url, events, status, created_at, request_key)"
            + " VALUES (#{shop}, #{id}, #{url}, #{events}, 'ENABLED', #{now}, #{key})")
    void insert(
            @Param("shop") ShopId shop,
            @Param("id") String id,
            @Param("url") String url,
            @Param("events") String events,
            @Param("now") Instant now,
            @Param("key") byte @Nullable [] key);

    /// Whether it had another status that a merchant can see.
    @Update("UPDATE webhook SET status = #{status}, reason = #{reason}, paused_until = NULL"
            + " WHERE shop_id = #{shop} AND id = #{id} AND status <> 'DELETED' AND status <> #{status}")
    boolean change(
            @Param("shop") ShopId shop,
            @Param("id") String id,
            @Param("status") Webhook.Status status,
            @Param("reason") @Nullable String reason);

    @Update("UPDATE webhook SET paused_until = GREATEST(COALESCE(paused_until, #{until}), #{until})"
            + " WHERE shop_id = #{shop} AND id = #{id}")
    void pause(@Param("shop") ShopId shop, @Param("id") String id, @Param("until") Instant until);

    @Insert("INSERT INTO webhook_secret (shop_id, webhook_id, id, secret)"
            + " VALUES (#{shop}, #{webhook}, #{id}, #{secret})")
    void insertSecret(
            @Param("shop") ShopId shop,
            @Param("webhook") String webhook,
            @Param("id") String id,
            @Param("secret") byte[] secret);

    @Update("UPDATE webhook_secret SET until_at = #{until}"
            + " WHERE shop_id = #{shop} AND webhook_id = #{webhook} AND until_at IS NULL")
    void endSecret(@Param("shop") ShopId shop, @Param("webhook") String webhook, @Param("until") Instant until);

    /// The newest first.
    @Select("SELECT id, secret FROM webhook_secret WHERE shop_id = #{shop} AND webhook_id = #{webhook}"
            + " AND (until_at IS NULL OR until_at > #{now}) ORDER BY id DESC")
    List<SealedSecret> secrets(@Param("shop") ShopId shop, @Param("webhook") String webhook, @Param("now") Instant now);

    /// The one that was made with the endpoint, while it is there.
    @Select("SELECT id, secret FROM webhook_secret WHERE shop_id = #{shop} AND webhook_id = #{webhook}"
            + " ORDER BY id LIMIT 1")
    SealedSecret firstSecret(@Param("shop") ShopId shop, @Param("webhook") String webhook);

    @CrossTenant(reason = "The sweep encrypts the secrets of all shops anew")
    @Select("SELECT shop_id, webhook_id, id, secret_key, secret FROM webhook_secret"
            + " WHERE secret_key >= #{afterKey} AND (secret_key > #{afterKey} OR shop_id > #{afterShop}"
            + " OR (shop_id = #{afterShop} AND id > #{afterId})) AND secret_key < #{until}"
            + " ORDER BY secret_key, shop_id, id LIMIT #{limit}")
    List<SealedSecrets.Row> underOlder(OlderKey wanted);

    @CrossTenant(reason = "A figure over all shops, for metrics")
    @Select("SELECT COUNT(*) FROM ((SELECT 1 FROM webhook_secret WHERE secret_key < #{key} LIMIT #{most})"
            + " UNION ALL (SELECT 1 FROM webhook_secret WHERE secret_key > #{key} LIMIT #{most})) older")
    int countOlder(@Param("key") byte[] key, @Param("most") int most);

    /// Replaces a secret's cipher text if it is still the one that was read; says whether it was.
    @Update("UPDATE webhook_secret SET secret = #{fresh} WHERE shop_id = #{shop} AND webhook_id = #{webhook}"
            + " AND id = #{id} AND secret = #{read}")
    boolean reseal(
            @Param("shop") ShopId shop,
            @Param("webhook") String webhook,
            @Param("id") String id,
            @Param("read") byte[] read,
            @Param("fresh") byte[] fresh);

    /// A secret as it stands in its table.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record SealedSecret(String id, byte[] secret) {}

    @Update("UPDATE webhook_version SET version = version + 1 WHERE id = 1")
    void changed();

    @Select("SELECT version FROM webhook_version WHERE id = 1")
    long version();
}
