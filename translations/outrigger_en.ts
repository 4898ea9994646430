<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Cli</name>
    <message numerus="yes">
        <source>%n contact(s), job %1</source>
        <translation>
            <numerusform>%n contact, job %1</numerusform>
            <numerusform>%n contacts, job %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>notes of %n lead(s)</source>
        <translation><numerusform>notes of %n lead</numerusform><numerusform>notes of %n leads</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n opened e-mail(s)</source>
        <translation><numerusform>%n opened e-mail</numerusform><numerusform>%n opened e-mails</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) that were read</source>
        <translation><numerusform>%n call that was read</numerusform><numerusform>%n calls that were read</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) written</source>
        <translation><numerusform>%n row written</numerusform><numerusform>%n rows written</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) have not left yet. Deliver them with &quot;outrigger-cli outbox wait&quot;, or use --discard.</source>
        <translation><numerusform>%n change has not left yet. Deliver it with &quot;outrigger-cli outbox wait&quot;, or use --discard.</numerusform><numerusform>%n changes have not left yet. Deliver them with &quot;outrigger-cli outbox wait&quot;, or use --discard.</numerusform></translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message numerus="yes">
        <source>%n change(s) have not left yet. Send or discard them first.</source>
        <translation><numerusform>%n change has not left yet. Send or discard it first.</numerusform><numerusform>%n changes have not left yet. Send or discard them first.</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::AccountDialog</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation><numerusform>%n waiting</numerusform><numerusform>%n waiting</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) have not left yet and would be lost.</source>
        <translation><numerusform>%n change has not left yet and would be lost.</numerusform><numerusform>%n changes have not left yet and would be lost.</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::BookingPanel</name>
    <message numerus="yes">
        <source>Nothing is free that far ahead: this calendar can be booked for the next %n day(s) only.</source>
        <translation><numerusform>Nothing is free that far ahead: this calendar can be booked for the next %n day only.</numerusform><numerusform>Nothing is free that far ahead: this calendar can be booked for the next %n days only.</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::MailReader</name>
    <message numerus="yes">
        <source>%n picture(s) are not loaded, because nobody can tell who sent this.</source>
        <translation><numerusform>%n picture is not loaded, because nobody can tell who sent this.</numerusform><numerusform>%n pictures are not loaded, because nobody can tell who sent this.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are not loaded: fetching them would tell %1 that you have read this.</source>
        <translation><numerusform>%n picture is not loaded: fetching it would tell %1 that you have read this.</numerusform><numerusform>%n pictures are not loaded: fetching them would tell %1 that you have read this.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) could not be fetched. Outrigger loads them only over https and never from inside your network.</source>
        <translation><numerusform>%n picture could not be fetched. Outrigger loads them only over https and never from inside your network.</numerusform><numerusform>%n pictures could not be fetched. Outrigger loads them only over https and never from inside your network.</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::MailView</name>
    <message numerus="yes">
        <source>Show what is quoted (%n line(s))</source>
        <translation><numerusform>Show what is quoted (%n line)</numerusform><numerusform>Show what is quoted (%n lines)</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::MainWindow</name>
    <message numerus="yes">
        <source>%n change(s) wait and leave by themselves.</source>
        <translation><numerusform>%n change waits and leaves by itself.</numerusform><numerusform>%n changes wait and leave by themselves.</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::Tray</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation><numerusform>%n unread</numerusform><numerusform>%n unread</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) you</source>
        <translation><numerusform>%n needs you</numerusform><numerusform>%n need you</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::SettingsPage</name>
    <message numerus="yes">
        <source>%n minute(s) before</source>
        <translation><numerusform>%n minute before</numerusform><numerusform>%n minutes before</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) before</source>
        <translation><numerusform>%n hour before</numerusform><numerusform>%n hours before</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) before</source>
        <translation><numerusform>%n day before</numerusform><numerusform>%n days before</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation><numerusform>%n second</numerusform><numerusform>%n seconds</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::Attachments</name>
    <message numerus="yes">
        <source>MMS · %n picture(s), %1 of %2</source>
        <translation><numerusform>MMS · %n picture, %1 of %2</numerusform><numerusform>MMS · %n pictures, %1 of %2</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Reading %n file(s)…</source>
        <translation><numerusform>Reading %n file…</numerusform><numerusform>Reading %n files…</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) as a link below the words</source>
        <translation><numerusform>%n file as a link below the words</numerusform><numerusform>%n files as links below the words</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation><numerusform>%n file</numerusform><numerusform>%n files</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::ThreadView</name>
    <message numerus="yes">
        <source>Open %n picture(s)</source>
        <translation><numerusform>Open %n picture</numerusform><numerusform>Open %n pictures</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::Composer</name>
    <message numerus="yes">
        <source>%n part(s) saved, about %1</source>
        <translation><numerusform>%n part saved, about %1</numerusform><numerusform>%n parts saved, about %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) saved</source>
        <translation><numerusform>%n part saved</numerusform><numerusform>%n parts saved</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::ComposerHelp</name>
    <message numerus="yes">
        <source>%n field(s) could not be filled in. Tab goes to the next one.</source>
        <translation><numerusform>%n field could not be filled in. Tab goes to it.</numerusform><numerusform>%n fields could not be filled in. Tab goes to the next one.</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::NavRail</name>
    <message numerus="yes">
        <source>Inbox, %n unread</source>
        <translation><numerusform>Inbox, %n unread</numerusform><numerusform>Inbox, %n unread</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Outbox, %n waiting</source>
        <translation><numerusform>Outbox, %n waiting</numerusform><numerusform>Outbox, %n waiting</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::Notifier</name>
    <message numerus="yes">
        <source>%n appointment(s) are near</source>
        <translation><numerusform>%n appointment is near</numerusform><numerusform>%n appointments are near</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) are due</source>
        <translation><numerusform>%n task is due</numerusform><numerusform>%n tasks are due</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation><numerusform>%n new message</numerusform><numerusform>%n new messages</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n lead(s) have written</source>
        <translation><numerusform>%n lead has written</numerusform><numerusform>%n leads have written</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation><numerusform>%1 and %n more</numerusform><numerusform>%1 and %n more</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::ScheduledPage</name>
    <message numerus="yes">
        <source>%n text(s) will leave later</source>
        <translation><numerusform>%n text will leave later</numerusform><numerusform>%n texts will leave later</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Take back %n text(s)</source>
        <translation><numerusform>Take back %n text</numerusform><numerusform>Take back %n texts</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::SyncPage</name>
    <message numerus="yes">
        <source>%1: comparing everything did not find %n row(s) in HighLevel that are here. That is unusually many, so nothing was removed. If they were deleted on purpose, remove them here as well; if not, compare again.</source>
        <translation><numerusform>%1: comparing everything did not find %n row in HighLevel that is here. Nothing was removed. If it was deleted on purpose, remove it here as well; if not, compare again.</numerusform><numerusform>%1: comparing everything did not find %n rows in HighLevel that are here. That is unusually many, so nothing was removed. If they were deleted on purpose, remove them here as well; if not, compare again.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Remove %n row(s) here</source>
        <translation><numerusform>Remove %n row here</numerusform><numerusform>Remove %n rows here</numerusform></translation>
    </message>
</context>
<context>
    <name>Triage</name>
    <message numerus="yes">
        <source>In the last %n day(s)</source>
        <translation><numerusform>In the last %n day</numerusform><numerusform>In the last %n days</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Longer ago than %n day(s)</source>
        <translation><numerusform>Longer ago than %n day</numerusform><numerusform>Longer ago than %n days</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Last %n day(s)</source>
        <translation><numerusform>Last %n day</numerusform><numerusform>Last %n days</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Before the last %n day(s)</source>
        <translation><numerusform>Before the last %n day</numerusform><numerusform>Before the last %n days</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::InboxList</name>
    <message numerus="yes">
        <source>%n lead(s) wait for a reply elsewhere.</source>
        <translation><numerusform>%n lead waits for a reply elsewhere.</numerusform><numerusform>%n leads wait for a reply elsewhere.</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::AwayReport</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation><numerusform>%n day</numerusform><numerusform>%n days</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n new lead(s), waiting %1</source>
        <translation><numerusform>%n new lead, waiting %1</numerusform><numerusform>%n new leads, waiting %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n lead(s) wrote and wait</source>
        <translation><numerusform>%n lead wrote and waits</numerusform><numerusform>%n leads wrote and wait</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) did not arrive</source>
        <translation><numerusform>%n text did not arrive</numerusform><numerusform>%n texts did not arrive</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::models::DealWords</name>
    <message numerus="yes">
        <source>%n day(s) in this stage</source>
        <translation><numerusform>%n day in this stage</numerusform><numerusform>%n days in this stage</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <translation><numerusform>%n unread message</numerusform><numerusform>%n unread messages</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::DealColumn</name>
    <message numerus="yes">
        <source>%n deal(s)</source>
        <translation><numerusform>%n deal</numerusform><numerusform>%n deals</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::PipelinePage</name>
    <message numerus="yes">
        <source>Why do these %n deal(s) come to %1? It is kept as a note of each lead.</source>
        <translation><numerusform>Why does this %n deal come to %1? It is kept as a note of each lead.</numerusform><numerusform>Why do these %n deals come to %1? It is kept as a note of each lead.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Moved to %1: %n deal(s)</source>
        <translation><numerusform>Moved to %1: %n deal</numerusform><numerusform>Moved to %1: %n deals</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Move %n deal(s) to</source>
        <translation><numerusform>Move %n deal to</numerusform><numerusform>Move %n deals to</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Whose are these %n deal(s)?</source>
        <translation><numerusform>Whose is this %n deal?</numerusform><numerusform>Whose are these %n deals?</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Why were %n deal(s) lost?</source>
        <translation><numerusform>Why was %n deal lost?</numerusform><numerusform>Why were %n deals lost?</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1: %n deal(s)</source>
        <translation><numerusform>%1: %n deal</numerusform><numerusform>%1: %n deals</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Export %n deal(s)</source>
        <translation><numerusform>Export %n deal</numerusform><numerusform>Export %n deals</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n deal(s) written to %1</source>
        <translation><numerusform>%n deal written to %1</numerusform><numerusform>%n deals written to %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n deal(s)</source>
        <translation><numerusform>%n deal</numerusform><numerusform>%n deals</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n deal(s) hidden by filters.</source>
        <translation><numerusform>%n deal is hidden by filters.</numerusform><numerusform>%n deals are hidden by filters.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1: somebody moved it to %2 %n minute(s) ago, while you moved it to %3. Yours was not sent.</source>
        <translation><numerusform>%1: somebody moved it to %2 %n minute ago, while you moved it to %3. Yours was not sent.</numerusform><numerusform>%1: somebody moved it to %2 %n minutes ago, while you moved it to %3. Yours was not sent.</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::models::OutboxModel</name>
    <message numerus="yes">
        <source>%n contact(s)</source>
        <translation><numerusform>%n contact</numerusform><numerusform>%n contacts</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::LeadPanel</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation><numerusform>%n message</numerusform><numerusform>%n messages</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n deal(s)</source>
        <translation><numerusform>%n deal</numerusform><numerusform>%n deals</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n booking(s)</source>
        <translation><numerusform>%n booking</numerusform><numerusform>%n bookings</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::MonthModel</name>
    <message numerus="yes">
        <source>%1, %n appointment(s)</source>
        <translation><numerusform>%1, %n appointment</numerusform><numerusform>%1, %n appointments</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::TasksPage</name>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation><numerusform>%n overdue</numerusform><numerusform>%n overdue</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n today</source>
        <translation><numerusform>%n today</numerusform><numerusform>%n today</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::models::TasksModel</name>
    <message numerus="yes">
        <source>%1, %n task(s)</source>
        <translation><numerusform>%1, %n task</numerusform><numerusform>%1, %n tasks</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::models::BulkJobs</name>
    <message numerus="yes">
        <source>Text to %n lead(s)</source>
        <translation><numerusform>Text to %n lead</numerusform><numerusform>Text to %n leads</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::BulkWork</name>
    <message numerus="yes">
        <source>%n text(s) leave one after another</source>
        <translation><numerusform>%n text leaves</numerusform><numerusform>%n texts leave one after another</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::Work</name>
    <message numerus="yes">
        <source>Deleted: %n deal(s)</source>
        <translation><numerusform>Deleted: %n deal</numerusform><numerusform>Deleted: %n deals</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::BoardView</name>
    <message numerus="yes">
        <source>%n deal(s) ticked</source>
        <translation><numerusform>%n deal ticked</numerusform><numerusform>%n deals ticked</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::DealBar</name>
    <message numerus="yes">
        <source>%n deal(s) go from HighLevel for everybody, with their fields and followers; the leads stay. It can be undone until they have left, and never in HighLevel.</source>
        <translation><numerusform>%n deal goes from HighLevel for everybody, with its fields and followers; the lead stays. It can be undone until it has left, and never in HighLevel.</numerusform><numerusform>%n deals go from HighLevel for everybody, with their fields and followers; the leads stay. It can be undone until they have left, and never in HighLevel.</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::DealCharts</name>
    <message numerus="yes">
        <source>%n deal(s) won</source>
        <translation><numerusform>%n deal won</numerusform><numerusform>%n deals won</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n deal(s), %1</source>
        <translation><numerusform>%n deal, %1</numerusform><numerusform>%n deals, %1</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::gui::DealPanel</name>
    <message numerus="yes">
        <source>%n day(s) in this stage</source>
        <translation><numerusform>%n day in this stage</numerusform><numerusform>%n days in this stage</numerusform></translation>
    </message>
</context>
<context>
    <name>EventDays</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation><numerusform>%n day</numerusform><numerusform>%n days</numerusform></translation>
    </message>
</context>
<context>
    <name>outrigger::models::PaletteModel</name>
    <message numerus="yes">
        <source>%Ln contact(s)</source>
        <translation><numerusform>%Ln contact</numerusform><numerusform>%Ln contacts</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>notes of %Ln lead(s) you opened</source>
        <translation><numerusform>notes of %Ln lead you opened</numerusform><numerusform>notes of %Ln leads you opened</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln opened e-mail(s)</source>
        <translation><numerusform>%Ln opened e-mail</numerusform><numerusform>%Ln opened e-mails</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s)</source>
        <translation><numerusform>%Ln call</numerusform><numerusform>%Ln calls</numerusform></translation>
    </message>
</context>
</TS>
