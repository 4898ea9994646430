-- What people filter and sort contacts by, so that a list of 100,000 reads one narrow index and not the rows.
CREATE INDEX contacts_company ON contacts(location, company COLLATE NOCASE);
CREATE INDEX contacts_email_order ON contacts(location, email);
CREATE INDEX contacts_filter ON contacts(location, name, id, assigned_to, tags, dnd, dnd_sms, date_added, date_updated, source, type,
    city, state, country, company, phone, email, digits);
