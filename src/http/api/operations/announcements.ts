import type { Operation } from '../operation.ts';

export const announcementOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/announcements',
    command: 'announcements list',
    summary: 'Announcements, the newest first',
  },
  {
    method: 'POST',
    path: '/announcements',
    command: 'announcements write',
    summary: 'Keep the text of an announcement; nobody gets it yet',
    status: 201,
    hidden: ['id'],
    look: ({ id }) => `/announcements/${id}`,
  },
  {
    method: 'GET',
    path: '/announcements/{id}',
    command: 'announcements show',
    summary: 'One announcement, how many it would go to, and what became of it',
  },
  {
    method: 'POST',
    path: '/announcements/{id}',
    command: 'announcements write',
    summary: 'Change the text of an announcement that was not sent yet',
  },
  {
    method: 'GET',
    path: '/announcements/{id}/preview',
    command: 'announcements preview',
    summary: 'An announcement as a reader gets it',
    hidden: ['format'],
  },
  {
    method: 'POST',
    path: '/announcements/{id}/send',
    command: 'announcements send',
    summary: 'Send an announcement to its readers, whatever their days and hours',
    description:
      'The count in `readers` is what `wouldReach` said: where it is another by now, nothing is sent.',
    hidden: ['yes'],
    status: 202,
  },
  {
    method: 'DELETE',
    path: '/announcements/{id}',
    command: 'announcements discard',
    summary: 'Put an announcement aside that was not sent',
  },
];
