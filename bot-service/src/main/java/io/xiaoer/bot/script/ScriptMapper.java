package io.xiaoer.bot.script;

import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;

/// The statements over `faq_script` and `faq_trial`, in `ScriptMapper.xml`.
@Mapper
interface ScriptMapper {

    /// Locks the scripts of an entry until the end of the transaction.
    List<Script> lock(@Param("shopId") String shopId, @Param("faqId") String faqId);

    List<Script> list(@Param("shopId") String shopId, @Param("faqId") String faqId);

    @CrossTenant(reason = "one read for the copies of an instance; each is kept under its shop")
    List<Script> listOfAllShops(@Param("limit") int limit);

    void insert(Script script);

    void approve(
            @Param("shopId") String shopId,
            @Param("faqId") String faqId,
            @Param("id") String id,
            @Param("approved") boolean approved);

    void delete(@Param("shopId") String shopId, @Param("faqId") String faqId, @Param("id") String id);

    @CrossTenant(reason = "what belongs to entries that are gone goes, whoever's it is")
    int deleteOrphans(@Param("limit") int limit);

    /// Adds a trial, once for each question.
    ///
    /// @return 1 if it is new
    int addTrial(Trial trial);

    void addShown(@Param("shopId") String shopId, @Param("faqId") String faqId, @Param("id") String id);

    /// The trials of a session of which nothing came yet.
    List<Trial> openTrials(@Param("shopId") String shopId, @Param("sessionId") long sessionId);

    @CrossTenant(reason = "what was not complained about in time is settled, whoever's it is")
    List<Trial> openTrialsOfAllShops(@Param("before") Instant before, @Param("limit") int limit);

    /// Deletes the open trials of words that are no more: nobody can say any more what came of them.
    void deleteOpenTrials(@Param("shopId") String shopId, @Param("faqId") String faqId, @Param("id") String id);

    /// @return 1 if it was open
    int settle(
            @Param("shopId") String shopId,
            @Param("questionId") long questionId,
            @Param("reward") int reward,
            @Param("at") Instant at);

    void addReward(
            @Param("shopId") String shopId,
            @Param("faqId") String faqId,
            @Param("id") String id,
            @Param("reward") int reward,
            @Param("weight") double weight);

    @CrossTenant(reason = "what is too old goes, whoever's it is")
    int deleteTrialsOlder(@Param("before") Instant before, @Param("limit") int limit);
}
