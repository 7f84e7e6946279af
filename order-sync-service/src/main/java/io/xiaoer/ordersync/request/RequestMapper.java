package io.xiaoer.ordersync.request;

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

/// The table `service_request`.
@Mapper
interface RequestMapper {
    String ALL = "shop_id, id, kind, status, order_id, user_id, words, answer, created_at, updated_at";

    @Insert("INSERT INTO service_request (" + ALL + ") VALUES (#{shopId}, #{id}, #{kind}, #{status}, #{orderId},"
            + " #{userId}, #{words}, #{answer}, #{createdAt}, #{updatedAt})")
    void insert(ServiceRequest request);

    @Select("SELECT " + ALL + " FROM service_request WHERE shop_id = #{shop} AND id = #{id}")
    @Nullable
    ServiceRequest find(@Param("shop") ShopId shop, @Param("id") String id);

    /// What was asked of one kind about an order.
    @Select("SELECT " + ALL + " FROM service_request WHERE shop_id = #{shop} AND order_id = #{order} AND kind = #{kind}"
            + " ORDER BY id DESC LIMIT #{limit}")
    List<ServiceRequest> of(
            @Param("shop") ShopId shop,
            @Param("order") String order,
            @Param("kind") RequestKind kind,
            @Param("limit") int limit);

    /// Those of a status, newest first, older than one that the caller has.
    @Select("SELECT " + ALL + " FROM service_request WHERE shop_id = #{shop} AND status = #{status} AND id < #{before}"
            + " ORDER BY id DESC LIMIT #{limit}")
    List<ServiceRequest> list(
            @Param("shop") ShopId shop,
            @Param("status") RequestStatus status,
            @Param("before") long before,
            @Param("limit") int limit);

    /// Ends one that is open; says whether it was.
    @Update("""
            UPDATE service_request SET status = #{to}, answer = #{answer}, updated_at = #{now}
            WHERE shop_id = #{shop} AND id = #{id} AND status = 'OPEN'""")
    boolean end(
            @Param("shop") ShopId shop,
            @Param("id") String id,
            @Param("to") RequestStatus to,
            @Param("answer") String answer,
            @Param("now") Instant now);

    @Update("""
            UPDATE service_request SET words = NULL, answer = NULL
            WHERE shop_id = #{shop} AND user_id = #{user}""")
    int forget(@Param("shop") ShopId shop, @Param("user") String user);

    @CrossTenant(reason = "The sweep encrypts the words of all shops anew")
    @Select("SELECT shop_id, id, words_key, words FROM service_request"
            + " WHERE words_key >= #{afterKey} AND (words_key > #{afterKey} OR shop_id > #{afterShop}"
            + " OR (shop_id = #{afterShop} AND id > #{afterId})) AND words_key < #{until}"
            + " ORDER BY words_key, shop_id, id LIMIT #{limit}")
    List<SealedWords.Row> underOlder(OlderKey wanted);

    @CrossTenant(reason = "A figure over all shops, for metrics")
    @Select("SELECT COUNT(*) FROM ((SELECT 1 FROM service_request WHERE words_key < #{key} LIMIT #{most})"
            + " UNION ALL (SELECT 1 FROM service_request WHERE words_key > #{key} LIMIT #{most})) older")
    int countOlder(@Param("key") byte[] key, @Param("most") int most);

    /// Replaces the encrypted words if they are still those that were read; says whether they were.
    @Update("UPDATE service_request SET words = #{fresh} WHERE shop_id = #{row.shopId} AND id = #{row.id}"
            + " AND words = #{row.words}")
    boolean reseal(@Param("row") SealedWords.Row row, @Param("fresh") byte @Nullable [] fresh);
}
